package dev.farhand.agent.webrtc;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A video or a sound of ours on its way to the other side. Any thread.
 *
 * @param <F> a frame: {@link Image} or {@link AudioFrame}
 */
public final class SentTrack<F> {
  private final RtcLoop loop;
  private final LifeCycle life;
  private final LinkedBlockingDeque<Waiting<F>> waiting;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private @Nullable Consumer<F> sink;

  /**
   * @param capacity frames that may wait for the connection's thread before the oldest is dropped
   */
  SentTrack(RtcLoop loop, LifeCycle life, int capacity) {
    this.loop = loop;
    this.life = life;
    this.waiting = new LinkedBlockingDeque<>(capacity);
  }

  /** Shows or plays a frame now. Dropped before there is somebody, and after the end. */
  public void send(F frame) {
    var unused = push(frame);
  }

  /** The same with each frame that a source gives; see {@link Media#sendFrom}. */
  public Subscription sendFrom(Supplier<? extends CompletionStage<? extends @Nullable F>> source) {
    return untilClosed(Pull.from(source, this::push, loop, life::failed));
  }

  /** The same from a source that blocks until it has a frame. */
  public Subscription sendFromBlocking(Callable<? extends @Nullable F> source) {
    return untilClosed(Pull.fromBlocking(source, this::push, loop, life::failed));
  }

  /**
   * From now on frames go there.
   *
   * @param made called on the connection's thread, as this
   */
  void attach(Consumer<F> made) {
    sink = made;
  }

  private CompletableFuture<Void> push(F frame) {
    Waiting<F> pushed = new Waiting<>(frame, new CompletableFuture<>());
    while (!waiting.offerLast(pushed)) {
      drop();
    }
    if (scheduled.compareAndSet(false, true)) {
      try {
        loop.execute(this::pushWaiting);
      } catch (RejectedExecutionException e) {
        scheduled.set(false);
        drop();
      }
    }
    return pushed.taken();
  }

  private void drop() {
    Waiting<F> oldest = waiting.pollFirst();
    if (oldest != null) {
      oldest.taken().complete(null);
    }
  }

  private void pushWaiting() {
    // First: a frame that comes from now on schedules the next run.
    scheduled.set(false);
    for (int i = waiting.size(); i > 0; i--) {
      Waiting<F> next = waiting.pollFirst();
      if (next != null) {
        Consumer<F> to = sink;
        if (to != null) {
          to.accept(next.frame());
        }
        next.taken().complete(null);
      }
    }
  }

  private Subscription untilClosed(Subscription pull) {
    life.onClose(pull::close);
    return pull;
  }

  private record Waiting<F>(F frame, CompletableFuture<Void> taken) {}
}
