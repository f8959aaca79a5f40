package dev.farhand.signaling.board;

import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one connection hears of another. Values only, so that they can travel between nodes. */
public sealed interface Notice {
  /** To a robot: a newer registration has its ID. */
  record Superseded(String instance, long epoch) implements Notice {}

  /**
   * To a robot: an operator has a new session with it.
   *
   * @param invitation by which the operator's joins are counted, as {@link Joins} does
   * @param trickle whether the operator gives and takes candidates one by one
   * @param tokenId of the operator's token, which the session ends with; absent without one
   * @param expires when that token does; absent if it never does
   */
  record Arrived(
      String sessionId,
      String invitation,
      Operator operator,
      Role role,
      boolean trickle,
      @Nullable String tokenId,
      @Nullable Instant expires)
      implements Notice {}

  /** To an operator that waits: the robot has registered, ask again. */
  record RobotCame() implements Notice {}

  /** To an operator that waits: the robot, for whose turn it waited, is away. */
  record RobotWent() implements Notice {}

  /** To either: the other end of the session has come or gone. */
  record Presence(String sessionId, boolean present) implements Notice {}

  /**
   * To either: words of the other end.
   *
   * @param text the whole message, as it came
   * @param negotiation the one that it belongs to; 0 if it belongs to none
   * @param offer whether it begins that negotiation
   */
  record Relayed(String sessionId, String text, int negotiation, boolean offer) implements Notice {}

  /** To either: the session is over. */
  record Ended(String sessionId, Code code, String reason) implements Notice {}

  /** To an operator: its session is attached to a newer socket. */
  record Replaced(String sessionId) implements Notice {}
}
