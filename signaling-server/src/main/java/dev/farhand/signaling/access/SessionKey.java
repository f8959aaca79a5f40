package dev.farhand.signaling.access;

import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a resume key says of its bearer. It is all that the server needs to take a session up again,
 * so it keeps no record of its own.
 *
 * @param instance the process of the agent that the session was opened with
 * @param side whose key this is
 * @param tokenId the {@code jti} of the operator's token, which began it, on either side's key;
 *     absent without a token
 * @param tokenExpires when that token does; absent if it never does
 */
public record SessionKey(
    String sessionId,
    String robotId,
    String instance,
    Side side,
    Role role,
    Operator operator,
    @Nullable String tokenId,
    @Nullable Instant tokenExpires) {
  /** The two ends of a session. */
  public enum Side {
    ROBOT,
    OPERATOR
  }

  /** This, opened with that process of the agent. */
  public SessionKey with(String newInstance) {
    return new SessionKey(
        sessionId, robotId, newInstance, side, role, operator, tokenId, tokenExpires);
  }
}
