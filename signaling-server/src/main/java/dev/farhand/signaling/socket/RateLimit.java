package dev.farhand.signaling.socket;

import java.util.function.LongSupplier;

/** A token bucket: so many a second, twice as many at once. Confined to one event loop. */
public final class RateLimit {
  private static final double NANOS = 1e9;

  private final LongSupplier nanoTime;
  private double perSecond;
  private double left;
  private long last;

  public RateLimit(int perSecond, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.perSecond = perSecond;
    this.left = 2.0 * perSecond;
    this.last = nanoTime.getAsLong();
  }

  /** Changes the rate; what was used up stays so. */
  void setPerSecond(int newPerSecond) {
    left += 2.0 * (newPerSecond - perSecond);
    perSecond = newPerSecond;
  }

  /** Uses so many up, unless there are fewer. */
  public boolean tryTake(int count) {
    long now = nanoTime.getAsLong();
    left = Math.min(2 * perSecond, left + (now - last) / NANOS * perSecond);
    last = now;
    if (left < count) {
      return false;
    }
    left -= count;
    return true;
  }
}
