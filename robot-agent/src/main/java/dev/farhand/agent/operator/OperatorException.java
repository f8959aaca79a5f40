package dev.farhand.agent.operator;

import dev.farhand.protocol.ChannelMessage.Refused;
import dev.farhand.protocol.Code;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was asked of an {@link Operator} was not done. */
public final class OperatorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  static final String NOT_CONNECTED = "not-connected";
  static final String SERVER_UNREACHABLE = "server-unreachable";
  static final String ROBOT_SILENT = "robot-silent";

  private final String code;
  private final @Nullable Duration again;

  OperatorException(String code, String reason) {
    this(code, reason, null);
  }

  OperatorException(Code code, String reason) {
    this(code.wire(), reason);
  }

  private OperatorException(String code, String reason, @Nullable Duration again) {
    super(reason);
    this.code = code;
    this.again = again;
  }

  static OperatorException of(Refused refused) {
    Long millis = refused.againMillis();
    return new OperatorException(
        refused.code().wire(), refused.reason(), millis == null ? null : Duration.ofMillis(millis));
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

  /** So long the same would be refused again; empty if time alone changes nothing. */
  public Optional<Duration> again() {
    return Optional.ofNullable(again);
  }
}
