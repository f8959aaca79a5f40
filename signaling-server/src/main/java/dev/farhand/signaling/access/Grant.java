package dev.farhand.signaling.access;

import dev.farhand.protocol.SignalMessage.Role;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a token allows, or what an open server allows to anybody.
 *
 * @param robots IDs, or {@link #EVERY_ROBOT} among them
 * @param name for people
 * @param tokenId the token's {@code jti}, by which it can be withdrawn; absent without a token
 * @param expires absent if it never does
 */
public record Grant(
    Role role,
    Set<String> robots,
    String name,
    @Nullable String tokenId,
    @Nullable Instant expires) {
  /** Stands for all robots. */
  public static final String EVERY_ROBOT = "*";

  public Grant {
    robots = Set.copyOf(robots);
  }

  /** By what those who use the same token are counted together; empty without one. */
  public String invitation() {
    return tokenId == null ? name : tokenId;
  }

  /** Whether this is for that robot. */
  public boolean covers(String robotId) {
    return robots.contains(EVERY_ROBOT) || robots.contains(robotId);
  }
}
