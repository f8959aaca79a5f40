package dev.farhand.agent.loop;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that owns the state of an agent or an operator. A task that throws is not
 * forgotten, as an executor would: the arbiter's tick must never stop unnoticed.
 */
public final class Loop extends ScheduledThreadPoolExecutor {
  private final Consumer<Throwable> broken;
  private volatile @Nullable Thread thread;

  /**
   * @param name the thread's
   * @param broken hears what a task threw, on the loop
   */
  public Loop(String name, Consumer<Throwable> broken) {
    super(
        1,
        task -> {
          Thread made = new Thread(task, name);
          made.setDaemon(true);
          return made;
        },
        // What comes after the end is void.
        new ThreadPoolExecutor.DiscardPolicy());
    this.broken = broken;
    setRemoveOnCancelPolicy(true);
    setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Runs it again and again, at this pace. */
  public void every(long millis, Runnable task) {
    Future<?> unused = scheduleAtFixedRate(task, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** What it is doing, for people: a line a call, the newest first. Any thread. */
  public String stack() {
    Thread running = thread;
    return running == null
        ? ""
        : Arrays.stream(running.getStackTrace())
            .map(call -> "\tat " + call)
            .collect(Collectors.joining(System.lineSeparator()));
  }

  /** Whether the caller is one of its tasks. */
  public boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  @Override
  protected void beforeExecute(Thread worker, Runnable task) {
    super.beforeExecute(worker, task);
    thread = worker;
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
