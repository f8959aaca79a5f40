package dev.farhand.signaling.socket;

import dev.farhand.protocol.SignalMessage.IceServer;
import dev.farhand.signaling.access.Doorkeeper;
import dev.farhand.signaling.access.SessionKey;
import dev.farhand.signaling.board.Switchboard;
import dev.farhand.signaling.bounds.Limits;
import dev.farhand.signaling.bounds.Timings;
import dev.farhand.signaling.ice.IceServers;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * What the connections of one event loop share.
 *
 * @param clock for tokens
 * @param nanoTime for intervals
 */
public record Service(
    Vertx vertx,
    Switchboard board,
    Doorkeeper doorkeeper,
    IceServers iceServers,
    Limits limits,
    Timings timings,
    Clock clock,
    LongSupplier nanoTime) {
  /** STUN and TURN for one end of a session, from now on. */
  List<IceServer> iceServersFor(SessionKey key) {
    String user = key.sessionId() + "." + key.side().name().toLowerCase(Locale.ROOT);
    return iceServers.of(user, clock.instant());
  }
}
