package dev.farhand.agent.webrtc;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What comes, passed to all who want it, each by himself. Published on the connection's thread;
 * everything else from any.
 *
 * @param <T> what comes
 */
final class Feed<T> {
  private final List<Consumer<T>> subscribers = new CopyOnWriteArrayList<>();
  private final List<Inbox<T>> inboxes = new CopyOnWriteArrayList<>();
  private final Queue<CompletableFuture<T>> next = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Void> wanted = new CompletableFuture<>();
  private final Executor delivery;
  private final Consumer<Throwable> failed;
  private final int capacity;
  private volatile boolean ended;

  /**
   * @param delivery runs subscribers; each has a queue of its own there
   * @param capacity what waits for each subscriber before the oldest is dropped
   * @param failed hears of subscribers that throw
   */
  Feed(Executor delivery, int capacity, Consumer<Throwable> failed) {
    this.delivery = delivery;
    this.capacity = capacity;
    this.failed = failed;
  }

  /** On the connection's thread, at once and in order: nothing waits, nothing is dropped. */
  Subscription subscribeDirectly(Consumer<T> subscriber) {
    // A wrapper of its own, so that the same consumer may subscribe twice and undo once.
    Consumer<T> entry = item -> pass(item, subscriber);
    subscribers.add(entry);
    wanted.complete(null);
    return () -> subscribers.remove(entry);
  }

  Subscription subscribe(Consumer<T> subscriber) {
    Inbox<T> inbox = subscribe();
    serve(inbox, subscriber);
    return inbox;
  }

  Inbox<T> subscribe() {
    List<Inbox<T>> self = new ArrayList<>(1);
    Inbox<T> inbox = new Inbox<>(capacity, () -> inboxes.removeAll(self));
    self.add(inbox);
    inboxes.add(inbox);
    if (ended) {
      inbox.end();
    }
    wanted.complete(null);
    return inbox;
  }

  CompletableFuture<T> next() {
    CompletableFuture<T> future = new CompletableFuture<>();
    next.add(future);
    if (ended) {
      failNext();
    }
    wanted.complete(null);
    return future;
  }

  boolean isWanted() {
    return wanted.isDone();
  }

  /** Runs once when somebody wants it first; on that one's thread. */
  void onWanted(Runnable action) {
    CompletableFuture<Void> unused = wanted.thenRun(action);
  }

  void publish(T item) {
    // Those who ask while they are answered ask for the one after this.
    for (int i = next.size(); i > 0; i--) {
      CompletableFuture<T> future = next.poll();
      if (future != null) {
        future.complete(item);
      }
    }
    inboxes.forEach(inbox -> inbox.put(item));
    subscribers.forEach(subscriber -> subscriber.accept(item));
  }

  void end() {
    ended = true;
    failNext();
    inboxes.forEach(Inbox::end);
    inboxes.clear();
    subscribers.clear();
  }

  private void serve(Inbox<T> inbox, Consumer<T> subscriber) {
    CompletableFuture<Void> unused =
        inbox
            .get()
            .thenAcceptAsync(item -> pass(item, subscriber), delivery)
            .thenRun(() -> serve(inbox, subscriber));
  }

  private void pass(T item, Consumer<T> subscriber) {
    try {
      subscriber.accept(item);
    } catch (RuntimeException | Error e) {
      failed.accept(new RtcException("A subscriber failed; the others were still called.", e));
    }
  }

  private void failNext() {
    CompletableFuture<T> future = next.poll();
    while (future != null) {
      future.completeExceptionally(new RtcException("The connection is closed."));
      future = next.poll();
    }
  }
}
