package dev.farhand.signaling.bounds;

import dev.farhand.protocol.SignalMessage;
import java.time.Duration;

/**
 * How long the server waits for what. Tests shorten them; people change {@code waiting} only.
 *
 * @param firstMessage until a new socket has registered, joined or resumed
 * @param heartbeat between two pings
 * @param heartbeatLost silence after which a socket is dead
 * @param waiting the longest wait for an absent robot
 * @param expiryWarning before a token expires
 * @param recheck between two looks at the deny list
 * @param closing for the other side to take its last message and the close frame
 * @param comeBack over which everyone comes back after {@code restarting}
 * @param answer for a complete offer to be answered, from its arrival on
 * @param nextSocket for an RTCBot program to come back after each offer
 */
public record Timings(
    Duration firstMessage,
    Duration heartbeat,
    Duration heartbeatLost,
    Duration waiting,
    Duration expiryWarning,
    Duration recheck,
    Duration closing,
    Duration comeBack,
    Duration answer,
    Duration nextSocket) {
  public static final Timings DEFAULTS =
      new Timings(
          Duration.ofSeconds(5),
          Duration.ofMillis(SignalMessage.HEARTBEAT_MILLIS),
          Duration.ofMillis(SignalMessage.HEARTBEAT_LOST_MILLIS),
          Duration.ofMinutes(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofSeconds(10),
          Duration.ofSeconds(3));

  /** These, with another longest wait. */
  public Timings withWaiting(Duration longest) {
    return new Timings(
        firstMessage,
        heartbeat,
        heartbeatLost,
        longest,
        expiryWarning,
        recheck,
        closing,
        comeBack,
        answer,
        nextSocket);
  }
}
