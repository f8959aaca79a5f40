package dev.farhand.agent.webrtc;

import dev.onvoid.webrtc.media.audio.AudioTrack;
import dev.onvoid.webrtc.media.audio.AudioTrackSink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A sound that comes in: 10 ms at a time, from when somebody listens. */
public final class RemoteAudio implements RemoteTrack {
  /** Frames that may wait for the executor: half a second. */
  static final int MAX_WAITING = 50;

  private final Peer peer;
  private final AudioTrack track;
  private final AudioModule module;
  private final String mid;
  private final String id;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AudioTrackSink sink = this::data;
  private Consumer<AudioFrame> listener = frame -> {};
  private boolean heard;
  private boolean closed;

  RemoteAudio(Peer peer, AudioTrack track, AudioModule module, String mid) {
    this.peer = peer;
    this.track = track;
    this.module = module;
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
   * Replaces the listener. It is called on the peer's executor, in order; when that is half a
   * second late, frames are dropped.
   */
  public void listen(Consumer<AudioFrame> listener) {
    this.listener = listener;
    if (!heard && !closed) {
      heard = true;
      track.addSink(sink);
      module.begin();
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      if (heard) {
        track.removeSink(sink);
        module.end();
      }
    }
  }

  /** On a native thread. */
  private void data(byte[] pcm, int bits, int rate, int channels, int count) {
    if (bits != Short.SIZE || rate != AudioFrame.SAMPLE_RATE || channels > 2) {
      return;
    }
    if (waiting.get() >= MAX_WAITING) {
      return;
    }
    ShortBuffer samples = ShortBuffer.allocate(count * channels);
    samples.put(
        ByteBuffer.wrap(pcm)
            .order(ByteOrder.nativeOrder())
            .asShortBuffer()
            .limit(count * channels));
    AudioFrame frame = new AudioFrame(channels, samples.flip());
    waiting.incrementAndGet();
    peer.handOver(() -> hear(frame));
  }

  private void hear(AudioFrame frame) {
    waiting.decrementAndGet();
    if (!closed) {
      listener.accept(frame);
    }
  }
}
