package dev.farhand.signaling.ice;

import dev.farhand.protocol.SignalMessage.IceServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The STUN and TURN servers that sessions find their paths by. Immutable; any thread.
 *
 * @param fixed the same for everybody and for ever
 * @param turn with credentials that run out
 */
public record IceServers(List<IceServer> fixed, @Nullable Turn turn) {
  /** Sessions find only what they find by themselves. */
  public static final IceServers NONE = new IceServers(List.of(), null);

  public IceServers {
    fixed = List.copyOf(fixed);
  }

  /**
   * What one end of a session is told.
   *
   * @param user for whom the credentials are
   */
  public List<IceServer> of(String user, Instant now) {
    Turn relay = turn;
    if (relay == null) {
      return fixed;
    }
    List<IceServer> all = new ArrayList<>(fixed);
    all.add(relay.credential(user, now));
    return List.copyOf(all);
  }

  /** Whether it is time to hand out new ones: half of their time has passed. */
  public boolean areOld(Instant given, Instant now) {
    Turn relay = turn;
    return relay != null && !now.isBefore(given.plus(relay.lifetime().dividedBy(2)));
  }
}
