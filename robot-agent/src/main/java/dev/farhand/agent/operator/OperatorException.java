package dev.farhand.agent.operator;

import dev.farhand.protocol.Code;

/** What was asked of an {@link Operator} was not done. */
public final class OperatorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  static final String NOT_CONNECTED = "not-connected";
  static final String SERVER_UNREACHABLE = "server-unreachable";
  static final String ROBOT_SILENT = "robot-silent";

  private final String code;

  OperatorException(String code, String reason) {
    super(reason);
    this.code = code;
  }

  OperatorException(Code code, String reason) {
    this(code.wire(), reason);
  }

  static OperatorException notConnected() {
    return new OperatorException(
        NOT_CONNECTED, "There is no connection to the robot at the moment.");
  }

  /**
   * Stable: programs decide by it. One of {@link Code}'s, or of three that only this side knows:
   * {@code not-connected} (there is no session to send over), {@code server-unreachable}, {@code
   * robot-silent} (the path carries nothing at the moment).
   */
  public String code() {
    return code;
  }
}
