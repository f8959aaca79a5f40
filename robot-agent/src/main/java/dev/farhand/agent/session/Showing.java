package dev.farhand.agent.session;

import dev.farhand.agent.webrtc.Peer;
import java.util.function.LongSupplier;

/**
 * The camera's pictures to one operator: asks what the path takes and sets what is sent. Confined
 * to the agent's loop. Its clock is the one that makes the beats.
 */
final class Showing {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long MOST_MILLIS = 10_000;

  private final Peer peer;
  private final VideoYield yield;
  private final LongSupplier nanoTime;
  private boolean asking;

  /**
   * @param peer sends the camera already
   */
  Showing(Peer peer, VideoYield yield, LongSupplier nanoTime) {
    this.peer = peer;
    this.yield = yield;
    this.nanoTime = nanoTime;
    encode();
  }

  /** To be called four times a second. */
  void check() {
    encode();
    // Where an answer is late the next one will do.
    if (!asking) {
      asking = true;
      var unused =
          peer.uplink()
              .thenAccept(
                  uplink -> {
                    asking = false;
                    uplink.bitsPerSecond().ifPresent(bits -> yield.estimated(millis(), bits));
                    encode();
                  });
    }
  }

  /** The operator has returned this beat. One that cannot be, or is very old, says nothing. */
  void returned(long beat) {
    long now = millis();
    long age = now - beat;
    if (age >= 0 && age < MOST_MILLIS) {
      yield.returned(now, age);
      encode();
    }
  }

  private void encode() {
    peer.encode(yield.at(millis()));
  }

  private long millis() {
    return nanoTime.getAsLong() / NANOS_PER_MILLI;
  }
}
