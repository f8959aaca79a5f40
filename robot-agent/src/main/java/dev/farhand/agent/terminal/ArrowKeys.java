package dev.farhand.agent.terminal;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Motion by the arrow keys of a terminal. It does not tell when a key comes up, only that it is
 * repeated, first after a while and then quickly: so the first press counts a bit longer than that
 * while, and each repetition for a moment. Confined to one thread.
 */
final class ArrowKeys {
  /** Keyboards begin to repeat after 250 to 660 ms. */
  private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(700);

  /** And go on ten to thirty times a second. */
  private static final long REPEATED_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final LongSupplier nanoTime;
  private final Axis linear = new Axis();
  private final Axis angular = new Axis();

  ArrowKeys(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** True if it was an arrow. */
  boolean press(Key.Name key) {
    long now = nanoTime.getAsLong();
    switch (key) {
      case UP -> linear.press(1, now);
      case DOWN -> linear.press(-1, now);
      case LEFT -> angular.press(1, now);
      case RIGHT -> angular.press(-1, now);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Both at rest. */
  void release() {
    linear.direction = 0;
    angular.direction = 0;
  }

  /** Forward 1, backward -1, else 0. */
  int linear() {
    return linear.now(nanoTime.getAsLong());
  }

  /** To the left 1, to the right -1, else 0. */
  int angular() {
    return angular.now(nanoTime.getAsLong());
  }

  private static final class Axis {
    private int direction;
    private long until;

    void press(int wanted, long now) {
      boolean repeated = now(now) == wanted;
      // A first press that was long keeps its time.
      long next = now + (repeated ? REPEATED_NANOS : FIRST_NANOS);
      until = repeated && until - next > 0 ? until : next;
      direction = wanted;
    }

    int now(long now) {
      return until - now > 0 ? direction : 0;
    }
  }
}
