package dev.farhand.agent.webrtc;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A subscription of one's own to take from, at one's own pace. What is not taken waits; when too
 * much waits, the oldest is dropped, since old news is worth less to a robot than new. Any thread.
 *
 * @param <T> what comes
 */
public final class Inbox<T> implements Subscription {
  private final LinkedBlockingDeque<T> items;
  private final Queue<CompletableFuture<T>> takers = new ConcurrentLinkedQueue<>();
  private final AtomicInteger matching = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();
  private final Runnable undo;
  private volatile boolean ended;

  Inbox(int capacity, Runnable undo) {
    this.items = new LinkedBlockingDeque<>(capacity);
    this.undo = undo;
  }

  /**
   * The next that was not taken yet.
   *
   * @return fails with {@link RtcException} when all is taken and nothing more can come
   */
  public CompletableFuture<T> get() {
    CompletableFuture<T> taker = new CompletableFuture<>();
    takers.add(taker);
    match();
    return taker;
  }

  /** How many were dropped because nobody took them. */
  public long dropped() {
    return dropped.get();
  }

  /** Ends the subscription. What waits may still be taken. */
  @Override
  public void close() {
    undo.run();
    end();
  }

  /** Confined to the one who publishes. */
  void put(T item) {
    while (!items.offerLast(item)) {
      if (items.pollFirst() != null) {
        dropped.incrementAndGet();
      }
    }
    match();
  }

  /** Nothing more comes. */
  void end() {
    ended = true;
    match();
  }

  /** Brings items and takers together; whoever comes meanwhile leaves it to the one at it. */
  private void match() {
    if (matching.getAndIncrement() != 0) {
      return;
    }
    do {
      serve();
    } while (matching.decrementAndGet() != 0);
  }

  private void serve() {
    CompletableFuture<T> taker = takers.peek();
    while (taker != null) {
      boolean over = ended;
      T item = taker.isDone() ? null : items.pollFirst();
      if (item != null) {
        taker.complete(item);
      } else if (over && !taker.isDone()) {
        taker.completeExceptionally(new RtcException("The subscription or its connection ended."));
      } else if (!taker.isDone()) {
        return;
      }
      takers.poll();
      taker = takers.peek();
    }
  }
}
