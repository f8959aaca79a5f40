package dev.farhand.bench.stop;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A bare timer of 300 ms, over and over: how late this machine is without anything of ours. Any
 * thread.
 */
final class TimerWatch implements AutoCloseable {
  private static final long MILLIS = 300;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "bare-timer");
            thread.setDaemon(true);
            return thread;
          });
  private final Queue<Double> late = new ConcurrentLinkedQueue<>();

  TimerWatch() {
    wind();
  }

  /** Milliseconds after the time, for each of them so far. */
  List<Double> late() {
    return List.copyOf(late);
  }

  private void wind() {
    long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
    Future<?> unused =
        timer.schedule(
            () -> {
              late.add((System.nanoTime() - due) / 1e6);
              wind();
            },
            MILLIS,
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
