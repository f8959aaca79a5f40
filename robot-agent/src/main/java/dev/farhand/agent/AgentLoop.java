package dev.farhand.agent;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that owns the agent's state. A task that throws is not forgotten, as an executor
 * would: the arbiter's tick must never stop unnoticed.
 */
final class AgentLoop extends ScheduledThreadPoolExecutor {
  private final Consumer<Throwable> broken;

  AgentLoop(Consumer<Throwable> broken) {
    super(
        1,
        task -> {
          Thread thread = new Thread(task, "farhand-agent");
          thread.setDaemon(true);
          return thread;
        },
        // What comes after the end is void.
        new ThreadPoolExecutor.DiscardPolicy());
    this.broken = broken;
    setRemoveOnCancelPolicy(true);
    setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Runs it again and again, at this pace. */
  void every(long millis, Runnable task) {
    Future<?> unused = scheduleAtFixedRate(task, millis, millis, TimeUnit.MILLISECONDS);
  }

  @Override
  protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
    super.afterExecute(task, thrown);
    if (thrown != null) {
      broken.accept(thrown);
    } else if (task instanceof Future<?> future && future.isDone()) {
      try {
        future.get();
      } catch (CancellationException e) {
        // Asked for.
      } catch (ExecutionException e) {
        broken.accept(e.getCause() == null ? e : e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
