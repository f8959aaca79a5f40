package dev.farhand.agent.signaling;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next attempt: full jitter (Brooker, "Exponential Backoff And Jitter",
 * AWS 2015), so that a thousand robots don't come back in step. Confined to the agent's loop.
 */
public final class ReconnectPolicy {
  private final ReconnectSettings settings;
  private final DoubleSupplier random;
  private int failures;

  /**
   * @param random from 0 inclusive to 1 exclusive
   */
  public ReconnectPolicy(ReconnectSettings settings, DoubleSupplier random) {
    this.settings = settings;
    this.random = random;
  }

  /** A connection ended, having been registered for so long; zero if it never was. */
  public void ended(Duration registered) {
    failures = registered.compareTo(settings.goodStretch()) >= 0 ? 1 : failures + 1;
  }

  /** The wait before the next attempt. */
  public Duration delay() {
    // Doubled 20 times, any base is past any cap; more would overflow.
    double doubled = Math.pow(2, Math.min(Math.max(failures - 1, 0), 20));
    double upper =
        Math.min((double) settings.base().toMillis() * doubled, (double) settings.cap().toMillis());
    return Duration.ofMillis((long) (random.getAsDouble() * upper));
  }
}
