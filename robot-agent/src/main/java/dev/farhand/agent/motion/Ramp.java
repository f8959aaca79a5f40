package dev.farhand.agent.motion;

import java.util.concurrent.TimeUnit;

/**
 * One axis that gains speed no faster than its limit. Losing speed is never held back: away from
 * zero it takes its time, towards zero none. Confined to the agent's loop.
 */
final class Ramp {
  /** A loop that was held up must not turn the time it lost into one leap. */
  private static final long LONGEST_STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final double perSecond;
  private double value;
  private long at;

  /**
   * @param perSecond what is gained in a second at most; infinite for no limit
   */
  Ramp(double perSecond) {
    this.perSecond = perSecond;
  }

  /** The next value on the way there. */
  double toward(double target, long nowNanos) {
    long step = Math.max(0, Math.min(nowNanos - at, LONGEST_STEP_NANOS));
    at = nowNanos;
    double kept =
        Math.signum(value) == Math.signum(target) ? Math.min(Math.abs(value), Math.abs(target)) : 0;
    double most =
        Double.isInfinite(perSecond) ? Math.abs(target) : kept + perSecond * step / 1_000_000_000;
    value = Math.copySign(Math.min(Math.abs(target), most), target);
    return value;
  }

  /** At rest, at once. */
  void rest() {
    value = 0;
  }

  double value() {
    return value;
  }
}
