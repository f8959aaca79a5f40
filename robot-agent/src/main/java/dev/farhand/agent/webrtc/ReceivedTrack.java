package dev.farhand.agent.webrtc;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A video or a sound of the other side. Any thread; frames are dropped as {@link Media} says.
 *
 * @param <F> a frame: {@link Image} or {@link AudioFrame}
 */
public final class ReceivedTrack<F> {
  private final String id;
  private final Feed<F> frames;

  ReceivedTrack(String id, Feed<F> frames) {
    this.id = id;
    this.frames = frames;
  }

  /** The sender's own identifier, or one made up if it told none. */
  public String id() {
    return id;
  }

  /** Sees or hears each frame. */
  public Subscription subscribe(Consumer<F> subscriber) {
    return frames.subscribe(subscriber);
  }

  /** The same for those who rather ask. */
  public Inbox<F> subscribe() {
    return frames.subscribe();
  }

  /** The next frame. */
  public CompletableFuture<F> get() {
    return frames.next();
  }

  void end() {
    frames.end();
  }
}
