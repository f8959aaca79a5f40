package dev.farhand.agent.webrtc;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The threads of one connection: the one that owns its state, and one for slow watchers. */
final class RtcLoop implements Executor {
  private final Consumer<Throwable> failed;
  private final ScheduledThreadPoolExecutor loop = new ScheduledThreadPoolExecutor(1, this::thread);

  /** Comes with the first frame that somebody wants, and goes when none come any more. */
  private final ThreadPoolExecutor media =
      new ThreadPoolExecutor(
          1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::mediaThread);

  /**
   * @param failed hears what tasks throw that nobody else hears of
   */
  RtcLoop(Consumer<Throwable> failed) {
    this.failed = failed;
    // What waits for a deadline must not keep a closed connection's thread.
    loop.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    media.allowCoreThreadTimeOut(true);
  }

  /**
   * @throws RejectedExecutionException after {@link #shutdown}
   */
  @Override
  public void execute(Runnable task) {
    loop.execute(() -> run(task));
  }

  /** Runs it on the loop: at once if this is it, or if it has ended. */
  void dispatch(Runnable task) {
    if (isLoop()) {
      task.run();
      return;
    }
    try {
      execute(task);
    } catch (RejectedExecutionException e) {
      task.run();
    }
  }

  /**
   * Runs it as {@link #dispatch} does.
   *
   * @return completes as the task's own future does, with the cause itself if it fails, and fails
   *     with what the task throws before it has one
   */
  <T> CompletableFuture<T> call(Supplier<? extends CompletionStage<T>> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    dispatch(
        () -> {
          try {
            var unused =
                task.get().whenComplete((value, failure) -> complete(result, value, failure));
          } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  void after(Duration delay, Runnable task) {
    var unused = loop.schedule(() -> run(task), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Where watchers and listeners of media run, so that none of them holds up messages. */
  Executor media() {
    return task -> {
      try {
        media.execute(task);
      } catch (RejectedExecutionException e) {
        // The connection has ended; nobody misses its last frame.
      }
    };
  }

  /** Whether the caller runs on one of these threads, and so must not wait for them. */
  boolean isOwn() {
    return Thread.currentThread() instanceof Own own && own.loop() == this;
  }

  /** What was handed over still runs. */
  void shutdown() {
    loop.shutdown();
    media.shutdown();
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      failed.accept(e);
    }
  }

  private static <T> void complete(
      CompletableFuture<T> result, T value, @Nullable Throwable failure) {
    if (failure == null) {
      result.complete(value);
    } else {
      result.completeExceptionally(
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure);
    }
  }

  private boolean isLoop() {
    return isOwn() && Thread.currentThread() instanceof Own own && own.isLoop;
  }

  private Thread thread(Runnable task) {
    return new Own(task, "rtc-connection", true);
  }

  private Thread mediaThread(Runnable task) {
    return new Own(task, "rtc-media", false);
  }

  private final class Own extends Thread {
    private final boolean isLoop;

    Own(Runnable task, String name, boolean isLoop) {
      super(task, name);
      this.isLoop = isLoop;
      setDaemon(true);
    }

    RtcLoop loop() {
      return RtcLoop.this;
    }
  }
}
