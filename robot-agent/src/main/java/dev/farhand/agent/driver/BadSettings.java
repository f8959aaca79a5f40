package dev.farhand.agent.driver;

/** A driver's settings cannot be used. */
public final class BadSettings extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final String reason;

  /**
   * One mistake.
   *
   * @param path where it stands below {@code settings}, as in {@code motors.left.pin}; the key
   *     itself if it is unknown, the one above if it is missing, empty for the settings as a whole
   * @param reason a sentence that says what is allowed, such as {@code must be a GPIO from 0 to
   *     27}, without the path, which goes in front, or a full stop, which comes after it
   */
  public BadSettings(String path, String reason) {
    super(path.isEmpty() ? reason : path + " " + reason);
    this.path = path;
    this.reason = reason;
  }

  /** Where the mistake stands. */
  public String path() {
    return path;
  }

  /** What is allowed there, to follow the path; without a full stop. */
  public String reason() {
    return reason;
  }
}
