package dev.farhand.agent.webrtc;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes from a source and passes on, one at a time: the next is asked for when the last has been
 * taken. Ends when the source gives null or fails, or by {@link #close}. Any thread.
 *
 * @param <T> what the source gives
 */
final class Pull<T> implements Subscription {
  private final Supplier<? extends CompletionStage<? extends @Nullable T>> source;
  private final Function<T, ? extends CompletionStage<?>> sink;
  private final Executor executor;
  private final Consumer<Throwable> failed;
  private final Runnable ended;
  private volatile boolean closed;

  private Pull(
      Supplier<? extends CompletionStage<? extends @Nullable T>> source,
      Function<T, ? extends CompletionStage<?>> sink,
      Executor executor,
      Consumer<Throwable> failed,
      Runnable ended) {
    this.source = source;
    this.sink = sink;
    this.executor = executor;
    this.failed = failed;
    this.ended = ended;
  }

  /**
   * @param sink takes each; completes when it has room for the next
   * @param executor the connection's thread
   * @param failed hears what the source or the sink threw
   */
  static <T> Subscription from(
      Supplier<? extends CompletionStage<? extends @Nullable T>> source,
      Function<T, ? extends CompletionStage<?>> sink,
      Executor executor,
      Consumer<Throwable> failed) {
    Pull<T> pull = new Pull<>(source, sink, executor, failed, () -> {});
    pull.next();
    return pull;
  }

  /** The same from a source that blocks, on a thread that lives as long as this. */
  static <T> Subscription fromBlocking(
      Callable<? extends @Nullable T> source,
      Function<T, ? extends CompletionStage<?>> sink,
      Executor executor,
      Consumer<Throwable> failed) {
    ExecutorService thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread made = new Thread(task, "rtc-source");
              made.setDaemon(true);
              return made;
            });
    Pull<T> pull =
        new Pull<>(
            () -> called(source, thread), sink, executor, failed, () -> thread.shutdownNow());
    pull.next();
    return pull;
  }

  @Override
  public void close() {
    closed = true;
    ended.run();
  }

  private void next() {
    if (closed) {
      return;
    }
    CompletableFuture<@Nullable T> item = new CompletableFuture<>();
    CompletableFuture<Boolean> unused =
        item.thenComposeAsync(this::pass, executor)
            .whenComplete((more, failure) -> passed(Boolean.TRUE.equals(more), failure));
    ask(item);
  }

  private void ask(CompletableFuture<@Nullable T> item) {
    try {
      var unused =
          source
              .get()
              .whenComplete(
                  (given, failure) -> {
                    if (failure == null) {
                      item.complete(given);
                    } else {
                      item.completeExceptionally(failure);
                    }
                  });
    } catch (RuntimeException | Error e) {
      item.completeExceptionally(e);
    }
  }

  private CompletionStage<Boolean> pass(@Nullable T item) {
    if (closed || item == null) {
      return CompletableFuture.completedFuture(false);
    }
    return sink.apply(item).thenApply(done -> true);
  }

  private void passed(boolean more, @Nullable Throwable failure) {
    if (more) {
      next();
      return;
    }
    boolean stopped = closed;
    close();
    if (failure != null && !stopped) {
      failed.accept(new RtcException("A source that was sent from failed, and is left.", failure));
    }
  }

  private static <T> CompletableFuture<@Nullable T> called(
      Callable<? extends @Nullable T> source, Executor thread) {
    CompletableFuture<@Nullable T> result = new CompletableFuture<>();
    thread.execute(
        () -> {
          try {
            result.complete(source.call());
          } catch (Exception | Error e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }
}
