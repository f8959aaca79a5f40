package dev.farhand.agent.webrtc;

import dev.farhand.protocol.SignalMessage.IceServer;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.NativeI420Buffer;
import dev.onvoid.webrtc.media.video.VideoFrame;
import dev.onvoid.webrtc.media.video.VideoTrack;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * libwebrtc in this process: its threads, and the one picture that all peers show. A process needs
 * one; each further one costs two threads that never end. Any thread; closed once.
 *
 * <p>The native library keeps about 100 bytes of Java heap for each message that it receives and 70
 * KB for each peer, until the process ends; {@link #messagesReceived} and {@link #peersMade} count
 * them.
 */
public final class WebRtc implements AutoCloseable {
  private final AtomicLong messagesReceived = new AtomicLong();
  private final AtomicLong peersMade = new AtomicLong();
  private final Semaphore pushing = new Semaphore(1);
  private final HeadlessAudioDeviceModule audio;
  private final PeerConnectionFactory factory;
  private final CustomVideoSource video;
  private final VideoTrack camera;

  private WebRtc() {
    // The default audio module opens sound cards, and aborts the process where there is none.
    audio = new HeadlessAudioDeviceModule();
    factory = new PeerConnectionFactory(audio);
    video = new CustomVideoSource();
    camera = factory.createVideoTrack("camera", video);
  }

  /**
   * Loads the native library and starts its threads.
   *
   * @throws MissingLibrariesException if the system lacks what it links
   */
  public static WebRtc start() {
    List<String> missing = NativeLibraries.ofThisMachine().missingPackages();
    if (!missing.isEmpty() || !NativeLibraries.shippedForThisMachine()) {
      throw new MissingLibrariesException(missing);
    }
    return new WebRtc();
  }

  /**
   * A peer that has negotiated nothing yet.
   *
   * @param executor one thread, on which the peer and its channels are used and its listener called
   */
  public Peer newPeer(List<IceServer> iceServers, Executor executor, Peer.Listener listener) {
    peersMade.incrementAndGet();
    Peer peer = new Peer(executor, listener, messagesReceived);
    peer.open(factory, iceServers);
    return peer;
  }

  /**
   * Shows the next picture, in I420, to all peers that send video. Copies it. Does nothing while
   * another thread pushes, and after {@link #close}.
   */
  public void push(
      int width, int height, ByteBuffer y, ByteBuffer u, ByteBuffer v, long timestampNanos) {
    if (pushing.tryAcquire()) {
      try {
        show(width, height, y, u, v, timestampNanos);
      } finally {
        pushing.release();
      }
    }
  }

  private void show(
      int width, int height, ByteBuffer y, ByteBuffer u, ByteBuffer v, long timestampNanos) {
    NativeI420Buffer buffer = NativeI420Buffer.allocate(width, height);
    copy(y, width, buffer.getDataY(), buffer.getStrideY(), width, height);
    int halfWidth = (width + 1) / 2;
    int halfHeight = (height + 1) / 2;
    copy(u, halfWidth, buffer.getDataU(), buffer.getStrideU(), halfWidth, halfHeight);
    copy(v, halfWidth, buffer.getDataV(), buffer.getStrideV(), halfWidth, halfHeight);
    VideoFrame frame = new VideoFrame(buffer, timestampNanos);
    video.pushFrame(frame);
    frame.release();
  }

  /** Messages that all peers have received. */
  public long messagesReceived() {
    return messagesReceived.get();
  }

  /** Peers made so far, closed ones too. */
  public long peersMade() {
    return peersMade.get();
  }

  /** Ends libwebrtc's threads. All its peers are closed before. */
  @Override
  public void close() {
    // For good: a camera's last picture may still be on its way.
    pushing.acquireUninterruptibly();
    Disposal.of(camera);
    video.dispose();
    factory.dispose();
    Disposal.of(audio);
  }

  VideoTrack camera() {
    return camera;
  }

  VideoTrack newTrack(String name) {
    return factory.createVideoTrack(name, video);
  }

  private static void copy(
      ByteBuffer from, int fromStride, ByteBuffer to, int toStride, int width, int height) {
    if (fromStride == toStride) {
      to.put(0, from, from.position(), fromStride * height);
      return;
    }
    for (int row = 0; row < height; row++) {
      to.put(row * toStride, from, from.position() + row * fromStride, width);
    }
  }
}
