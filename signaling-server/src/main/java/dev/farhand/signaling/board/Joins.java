package dev.farhand.signaling.board;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How often an invitation joins a robot: so many times at once, then once in {@link #EVERY}. A
 * robot keeps some memory of each session that it has served, so that who joins and leaves without
 * end would have its agent start anew again and again. Any thread.
 */
public final class Joins {
  /** Of 937 sessions the agent's memory is full; at this rate they take half an hour. */
  public static final Duration EVERY = Duration.ofSeconds(2);

  private static final int FORGET_AT = 1000;

  private record Pair(String robotId, String invitation) {}

  /** When what was used up is there again, in ns. */
  private final ConcurrentMap<Pair, Long> restored = new ConcurrentHashMap<>();

  private final long burst;
  private final LongSupplier nanoTime;

  /**
   * None so far.
   *
   * @param atOnce after a pause
   */
  public Joins(int atOnce, LongSupplier nanoTime) {
    this.burst = atOnce * EVERY.toNanos();
    this.nanoTime = nanoTime;
  }

  /**
   * Counts one more.
   *
   * @return zero if it was; otherwise how long until the next may be
   */
  Duration take(String robotId, String invitation) {
    long now = nanoTime.getAsLong();
    if (restored.size() > FORGET_AT) {
      restored.values().removeIf(time -> time - now <= 0);
    }
    AtomicLong early = new AtomicLong();
    restored.compute(
        new Pair(robotId, invitation),
        (pair, time) -> {
          long used = time == null ? 0 : Math.max(0, time - now);
          long over = used + EVERY.toNanos() - burst;
          if (time != null && over > 0) {
            early.set(over);
            return time;
          }
          return now + used + EVERY.toNanos();
        });
    return Duration.ofNanos(early.get());
  }

  /** Of how many it knows something. */
  int size() {
    return restored.size();
  }
}
