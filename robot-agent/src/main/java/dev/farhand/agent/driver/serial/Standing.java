package dev.farhand.agent.driver.serial;

import java.time.Duration;

/**
 * When the safe template is to be written again while the robot stands: three times soon, then
 * every second, since a device may have missed it. The driver's thread.
 */
final class Standing {
  private static final int SOON = 3;
  private static final long SOON_NANOS = Duration.ofMillis(100).toNanos();
  private static final long LATER_NANOS = Duration.ofSeconds(1).toNanos();

  private boolean stands;
  private int repeated;
  private long due;

  void moves() {
    stands = false;
  }

  /** The safe template has been written for a stop. */
  void stops(long now) {
    stands = true;
    repeated = 0;
    due = now + SOON_NANOS;
  }

  /** Whether it is time; if so, the next time is set. */
  boolean isDue(long now) {
    if (!stands || now - due < 0) {
      return false;
    }
    repeated = Math.min(SOON, repeated + 1);
    due = now + (repeated < SOON ? SOON_NANOS : LATER_NANOS);
    return true;
  }
}
