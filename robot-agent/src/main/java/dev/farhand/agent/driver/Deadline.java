package dev.farhand.agent.driver;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The one answer that a driver owes at a time. Confined to the agent's loop. */
final class Deadline {
  /** Timers of a busy machine were at most 10 ms late. */
  private static final long LATE_NANOS = 25_000_000;

  private final ScheduledExecutorService loop;
  private final Consumer<DriverFault> missed;
  private Future<?> timer = CompletableFuture.completedFuture(null);

  /**
   * Nothing is owed yet.
   *
   * @param missed called on the loop when the answer has not come in time
   */
  Deadline(ScheduledExecutorService loop, Consumer<DriverFault> missed) {
    this.loop = loop;
    this.missed = missed;
  }

  /** An answer is owed within this time, or it is this fault. Takes the place of an earlier one. */
  void set(Duration limit, DriverFault otherwise) {
    set(limit, otherwise, true);
  }

  private void set(Duration limit, DriverFault otherwise, boolean again) {
    met();
    long due = System.nanoTime() + limit.toNanos();
    timer =
        loop.schedule(
            () -> {
              // If this timer is late, then this process stood still (SIGSTOP) or the machine is
              // overloaded, and the answer may be in the pipe already: once, it gets more time.
              if (again && System.nanoTime() - due > LATE_NANOS) {
                set(limit, otherwise, false);
              } else {
                missed.accept(otherwise);
              }
            },
            limit.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  /** The answer has come, or is not expected any more. */
  void met() {
    timer.cancel(false);
  }
}
