package dev.farhand.protocol;

/** Text that is not a message of the protocol. The sender's fault; answer with {@link #code()}. */
public final class InvalidMessage extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final Code code;

  /**
   * @param reason a sentence that says what is wrong, without quoting the sender
   */
  public InvalidMessage(Code code, String reason) {
    super(reason);
    this.code = code;
  }

  public Code code() {
    return code;
  }

  /** The sentence to send back; never null. */
  public String reason() {
    String message = getMessage();
    return message == null ? code.sentence() : message;
  }
}
