package dev.farhand.agent.driver;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The one answer that a driver owes at a time. Confined to the agent's loop. */
final class Deadline {
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
    met();
    long due = System.nanoTime() + limit.toNanos();
    timer =
        loop.schedule(
            () -> {
              // If this process itself stood still (SIGSTOP, a long pause), the answer may be in
              // the pipe already: the driver gets its time once more.
              if (System.nanoTime() - due > limit.toNanos() / 2) {
                set(limit, otherwise);
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
