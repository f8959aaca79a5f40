package dev.farhand.agent.webrtc;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * From ready to closed, and what goes wrong between. Callbacks run on the connection's thread, or,
 * when that has ended, on the one that registers them; one that throws harms nobody. Any thread.
 */
final class LifeCycle {
  private static final Logger LOGGER = System.getLogger(LifeCycle.class.getName());

  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final CompletableFuture<Throwable> error = new CompletableFuture<>();
  private final List<Consumer<Throwable>> listeners = new CopyOnWriteArrayList<>();
  private final RtcLoop loop;

  LifeCycle(RtcLoop loop) {
    this.loop = loop;
  }

  CompletableFuture<Void> ready() {
    return ready.copy();
  }

  CompletableFuture<Void> closed() {
    return closed.copy();
  }

  CompletableFuture<Throwable> error() {
    return error.copy();
  }

  boolean isReady() {
    return ready.isDone() && !ready.isCompletedExceptionally();
  }

  boolean isClosed() {
    return closed.isDone();
  }

  void onReady(Runnable action) {
    CompletableFuture<Void> unused = ready.thenRun(() -> loop.dispatch(() -> guarded(action)));
  }

  void onClose(Runnable action) {
    CompletableFuture<Void> unused = closed.thenRun(() -> loop.dispatch(() -> guarded(action)));
  }

  /** Hears each error from now on, and the first if it has been. */
  void onError(Consumer<Throwable> listener) {
    loop.dispatch(
        () -> {
          listeners.add(listener);
          if (error.isDone()) {
            tell(listener, error.join());
          }
        });
  }

  void becameReady() {
    ready.complete(null);
  }

  /** It never will be, for this reason. */
  void becameUnready(RtcException cause) {
    ready.completeExceptionally(cause);
  }

  /** Tells all who listen; logged if nobody does. */
  void failed(Throwable cause) {
    loop.dispatch(
        () -> {
          error.complete(cause);
          if (listeners.isEmpty()) {
            LOGGER.log(Level.WARNING, "A connection's error that nobody listens to", cause);
          }
          listeners.forEach(listener -> tell(listener, cause));
        });
  }

  /** The last thing to happen. */
  void becameClosed() {
    ready.completeExceptionally(new RtcException("The connection was closed before it was ready."));
    closed.complete(null);
  }

  /** Runs a callback; what it throws is told to those who listen for errors. */
  void guarded(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      failed(new RtcException("A callback failed; the others were still called.", e));
    }
  }

  private static void tell(Consumer<Throwable> listener, Throwable cause) {
    try {
      listener.accept(cause);
    } catch (RuntimeException | Error e) {
      LOGGER.log(Level.WARNING, "A callback for errors failed", e);
    }
  }
}
