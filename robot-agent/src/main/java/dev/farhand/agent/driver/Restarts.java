package dev.farhand.agent.driver;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When to start a driver again: at once after its first failure, then after a random part of a
 * bound that doubles (full jitter). Confined to the agent's loop.
 */
final class Restarts {
  private static final Duration FIRST_BOUND = Duration.ofMillis(250);
  private static final Duration LAST_BOUND = Duration.ofSeconds(10);

  private final RandomGenerator random;
  private int failures;

  Restarts(RandomGenerator random) {
    this.random = random;
  }

  /** The driver has run well for a while. */
  void forget() {
    failures = 0;
  }

  Duration next() {
    if (failures++ == 0) {
      return Duration.ZERO;
    }
    int doublings = Math.min(failures - 2, 10);
    long bound = Math.min(LAST_BOUND.toMillis(), FIRST_BOUND.toMillis() << doublings);
    return Duration.ofMillis(random.nextLong(bound + 1));
  }
}
