package dev.farhand.agent.webrtc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The videos or the sounds of an {@link RtcConnection}, in both directions. Most have one each way:
 * {@link #send} and {@link #subscribe} are about the first; {@link #addTrack} and {@link #onTrack}
 * are for more.
 *
 * <p>What is sent, and what an offer asks for, is part of the descriptions: begin before they are
 * made. Any thread. Subscribers run on a thread of their own, where they may take their time: then
 * frames are dropped, so that none is old (a video keeps only the newest, a sound half a second).
 * So are frames of ours while the connection's thread is held up.
 *
 * @param <F> a frame: {@link Image} or {@link AudioFrame}
 */
public final class Media<F> {
  /** What differs between video and audio; called on the connection's thread. */
  interface Kind<F> {
    /** How many frames may wait, in either direction, before the oldest is dropped. */
    int capacity();

    /**
     * Makes a track of ours.
     *
     * @throws IllegalStateException if the descriptions were made meanwhile
     */
    MediaSender<F> send();

    /** Asks for one of theirs in our offer. */
    void receive();
  }

  private final RtcLoop loop;
  private final LifeCycle life;
  private final Kind<F> kind;
  private final Supplier<Boolean> negotiable;
  private final AtomicReference<@Nullable SentTrack<F>> first = new AtomicReference<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final Feed<F> frames;
  private final List<ReceivedTrack<F>> received = new ArrayList<>();
  private final List<Consumer<ReceivedTrack<F>>> listeners = new ArrayList<>();
  private int sent;

  /**
   * @param negotiable whether the descriptions are still to be made; asked on any thread
   */
  Media(RtcLoop loop, LifeCycle life, Kind<F> kind, Supplier<Boolean> negotiable) {
    this.loop = loop;
    this.life = life;
    this.kind = kind;
    this.negotiable = negotiable;
    this.frames = new Feed<>(loop.media(), kind.capacity(), life::failed);
  }

  /**
   * Shows or plays a frame on the first track, which the first call makes.
   *
   * @throws IllegalStateException if there is none and the descriptions are made already
   */
  public void send(F frame) {
    firstTrack().send(frame);
  }

  /**
   * The same with each frame that a source gives, until it gives null or fails; the next is asked
   * for when the last has been sent.
   *
   * @return its undo
   */
  public Subscription sendFrom(Supplier<? extends CompletionStage<? extends @Nullable F>> source) {
    return firstTrack().sendFrom(source);
  }

  /** The same from a source that blocks until it has a frame, such as a camera. */
  public Subscription sendFromBlocking(Callable<? extends @Nullable F> source) {
    return firstTrack().sendFromBlocking(source);
  }

  /**
   * One more track of ours. If another thread asks for the descriptions at the same time and comes
   * first, this is refused here or, at the last moment, told to {@link RtcConnection#onError}.
   *
   * @throws IllegalStateException if the descriptions are made already, or the connection closed
   */
  public SentTrack<F> addTrack() {
    checkNegotiable();
    SentTrack<F> track = new SentTrack<>(loop, life, kind.capacity());
    first.compareAndSet(null, track);
    attach(track);
    return track;
  }

  /** Sees or hears each frame of the other side's first track. */
  public Subscription subscribe(Consumer<F> subscriber) {
    return frames.subscribe(subscriber);
  }

  /** The same for those who rather ask. */
  public Inbox<F> subscribe() {
    return frames.subscribe();
  }

  /** The next frame of the other side's first track. */
  public CompletableFuture<F> get() {
    return frames.next();
  }

  /** Hears of each track that comes from the other side, of those that have come too. */
  public void onTrack(Consumer<ReceivedTrack<F>> listener) {
    loop.dispatch(
        () -> {
          listeners.add(listener);
          List.copyOf(received).forEach(track -> tell(listener, track));
        });
  }

  /**
   * Asks in our offer for so many tracks. Without this it asks for one if somebody subscribed. An
   * answer takes what the offer has.
   *
   * @throws IllegalStateException if the descriptions are made already
   */
  public void offerToReceive(int tracks) {
    if (tracks < 0 || tracks > 16) {
      throw new IllegalArgumentException("Ask for 0 to 16 tracks, not " + tracks + ".");
    }
    checkNegotiable();
    asked.set(tracks);
  }

  /** Before our offer is made; on the connection's thread, as everything below. */
  void offer() {
    int wanted = Math.max(asked.get(), frames.isWanted() || !listeners.isEmpty() ? 1 : 0);
    // A track of ours is offered in both directions already.
    for (int i = sent; i < wanted; i++) {
      kind.receive();
    }
  }

  /**
   * @param watch begins to pass frames on
   */
  void came(String id, Consumer<Consumer<F>> watch) {
    Feed<F> feed =
        received.isEmpty() ? frames : new Feed<>(loop.media(), kind.capacity(), life::failed);
    ReceivedTrack<F> track = new ReceivedTrack<>(id, feed);
    received.add(track);
    feed.onWanted(() -> loop.dispatch(() -> begin(feed, watch)));
    listeners.forEach(listener -> tell(listener, track));
  }

  void end() {
    frames.end();
    received.forEach(ReceivedTrack::end);
  }

  private void begin(Feed<F> feed, Consumer<Consumer<F>> watch) {
    if (!life.isClosed()) {
      watch.accept(feed::publish);
    }
  }

  private SentTrack<F> firstTrack() {
    SentTrack<F> track = first.get();
    if (track != null) {
      return track;
    }
    checkNegotiable();
    SentTrack<F> made = new SentTrack<>(loop, life, kind.capacity());
    SentTrack<F> earlier = first.compareAndExchange(null, made);
    if (earlier != null) {
      return earlier;
    }
    attach(made);
    return made;
  }

  private void attach(SentTrack<F> track) {
    try {
      loop.execute(
          () -> {
            track.attach(kind.send()::push);
            sent++;
          });
    } catch (RejectedExecutionException e) {
      first.compareAndSet(track, null);
      throw new IllegalStateException("The connection is closed. Make a new one.", e);
    }
  }

  private void checkNegotiable() {
    if (!negotiable.get()) {
      throw tooLate();
    }
  }

  static IllegalStateException tooLate() {
    return new IllegalStateException(
        "The descriptions are made already. Add tracks, and begin to send, before"
            + " localDescription.");
  }

  private void tell(Consumer<ReceivedTrack<F>> listener, ReceivedTrack<F> track) {
    life.guarded(() -> listener.accept(track));
  }
}
