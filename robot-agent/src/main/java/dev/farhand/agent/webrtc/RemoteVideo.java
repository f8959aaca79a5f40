package dev.farhand.agent.webrtc;

import dev.onvoid.webrtc.media.video.I420Buffer;
import dev.onvoid.webrtc.media.video.VideoFrame;
import dev.onvoid.webrtc.media.video.VideoTrack;
import dev.onvoid.webrtc.media.video.VideoTrackSink;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A video that comes in. Nothing is decoded to pictures of ours before somebody watches. */
public final class RemoteVideo implements RemoteTrack {
  private final Peer peer;
  private final VideoTrack track;
  private final String mid;
  private final String id;
  private final AtomicReference<@Nullable Image> newest = new AtomicReference<>();
  private final VideoTrackSink sink = this::frame;
  private Consumer<Image> watcher = image -> {};
  private boolean watched;
  private boolean closed;

  RemoteVideo(Peer peer, VideoTrack track, String mid) {
    this.peer = peer;
    this.track = track;
    this.mid = mid;
    this.id = track.getId();
  }

  @Override
  public String mid() {
    return mid;
  }

  @Override
  public String id() {
    return id;
  }

  /**
   * Replaces the watcher. It is called on the peer's executor, for the newest picture: while that
   * is busy the others are dropped, and never more than one waits.
   */
  public void watch(Consumer<Image> watcher) {
    this.watcher = watcher;
    if (!watched && !closed) {
      watched = true;
      track.addSink(sink);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      if (watched) {
        track.removeSink(sink);
      }
      newest.set(null);
    }
  }

  /** On a native thread: the buffer is libwebrtc's own, and must be given back once. */
  private void frame(VideoFrame frame) {
    I420Buffer buffer = frame.buffer.toI420();
    try {
      Image image = Planes.copy(buffer, frame.rotation, System.nanoTime());
      if (newest.getAndSet(image) == null) {
        peer.handOver(this::show);
      }
    } finally {
      buffer.release();
    }
  }

  private void show() {
    Image image = newest.getAndSet(null);
    if (image != null && !closed) {
      watcher.accept(image);
    }
  }
}
