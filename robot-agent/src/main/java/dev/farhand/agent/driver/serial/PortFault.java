package dev.farhand.agent.driver.serial;

/** The port cannot be used: the driver ends, and is started again by and by. */
final class PortFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param sentence what happened and what to do
   */
  PortFault(String sentence) {
    super(sentence);
  }

  /** The sentence alone: a person reads it in the log, and the class's name says nothing more. */
  @Override
  @SuppressWarnings("OverrideThrowableToString")
  public String toString() {
    return String.valueOf(getMessage());
  }
}
