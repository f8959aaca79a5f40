package dev.farhand.netlab.program;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waiting for what must come to pass. */
public final class Await {
  private static final long LOOK_NANOS = 20_000_000;

  private Await() {}

  /** The value, as soon as there is one; empty if there is none in that time. */
  public static <T> Optional<T> maybe(Duration within, Supplier<Optional<T>> source) {
    long end = System.nanoTime() + within.toNanos();
    while (true) {
      Optional<T> value = source.get();
      if (value.isPresent() || System.nanoTime() - end > 0) {
        return value;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /**
   * The same.
   *
   * @throws IllegalStateException if there is none in that time
   */
  public static <T> T value(String what, Duration within, Supplier<Optional<T>> source) {
    return maybe(within, source)
        .orElseThrow(
            () -> new IllegalStateException("Not within " + within.toSeconds() + " s: " + what));
  }

  /** Lets so much time pass. */
  public static void pause(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
