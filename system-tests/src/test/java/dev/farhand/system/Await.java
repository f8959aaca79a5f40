package dev.farhand.system;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for what must come to pass. */
final class Await {
  private Await() {}

  static void until(String what, Duration within, BooleanSupplier condition) {
    value(what, within, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  /** The same, and says how things stand when it was in vain. */
  static void until(
      String what, Duration within, BooleanSupplier condition, Supplier<String> instead) {
    try {
      until(what, within, condition);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "; " + instead.get(), e);
    }
  }

  static <T> T value(String what, Duration within, Supplier<Optional<T>> source) {
    long end = System.nanoTime() + within.toNanos();
    while (true) {
      Optional<T> value = source.get();
      if (value.isPresent()) {
        return value.get();
      }
      if (System.nanoTime() > end) {
        throw new AssertionError("Not within " + within.toSeconds() + " s: " + what);
      }
      LockSupport.parkNanos(20_000_000);
    }
  }
}
