package dev.farhand.agent.signaling;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next attempt: full jitter (Brooker, "Exponential Backoff And Jitter",
 * AWS 2015), so that a thousand robots don't come back in step. Confined to the agent's loop.
 */
public final class ReconnectPolicy {
  private final Duration base;
  private final Duration cap;
  private final Duration goodStretch;
  private final DoubleSupplier random;
  private int failures;

  /**
   * @param base the first wait's upper end; doubles with each failure
   * @param cap the most that the upper end grows to
   * @param goodStretch a registration that held this long forgives earlier failures
   * @param random from 0 inclusive to 1 exclusive
   */
  public ReconnectPolicy(Duration base, Duration cap, Duration goodStretch, DoubleSupplier random) {
    this.base = base;
    this.cap = cap;
    this.goodStretch = goodStretch;
    this.random = random;
  }

  /** A connection ended, having been registered for so long; zero if it never was. */
  public void ended(Duration registered) {
    failures = registered.compareTo(goodStretch) >= 0 ? 1 : failures + 1;
  }

  /** The wait before the next attempt. */
  public Duration delay() {
    // 250 ms doubled 20 times is past any cap; more would overflow.
    double upper = (double) base.toMillis() * Math.pow(2, Math.min(Math.max(failures - 1, 0), 20));
    return Duration.ofMillis((long) (random.getAsDouble() * Math.min(upper, (double) cap.toMillis())));
  }
}
