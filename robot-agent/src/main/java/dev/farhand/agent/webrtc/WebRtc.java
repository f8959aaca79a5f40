package dev.farhand.agent.webrtc;

import dev.farhand.protocol.SignalMessage.IceServer;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.media.audio.AudioTrack;
import dev.onvoid.webrtc.media.audio.CustomAudioSource;
import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.NativeI420Buffer;
import dev.onvoid.webrtc.media.video.VideoFrame;
import dev.onvoid.webrtc.media.video.VideoTrack;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * libwebrtc in this process: its threads, and the one camera that all peers show. A process needs
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
  private final AudioModule audio = new AudioModule();
  private final PeerConnectionFactory factory;
  private final List<CameraSender> cameraSenders = new CopyOnWriteArrayList<>();
  private final CustomVideoSource darkness;
  private final VideoTrack unsentVideo;
  private final CustomAudioSource silence;
  private final AudioTrack unsentAudio;

  private WebRtc() {
    factory = audio.attach(PeerConnectionFactory::new);
    darkness = new CustomVideoSource();
    unsentVideo = factory.createVideoTrack("unsent", darkness);
    silence = new CustomAudioSource();
    unsentAudio = factory.createAudioTrack("unsent", silence);
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
    Peer peer = new Peer(executor, listener, messagesReceived, audio);
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
    Planes.fill(y, u, v, buffer);
    VideoFrame frame = new VideoFrame(buffer, timestampNanos);
    cameraSenders.forEach(sender -> sender.push(frame));
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
    List.of(unsentVideo, unsentAudio).forEach(Disposal::of);
    darkness.dispose();
    silence.dispose();
    factory.dispose();
    audio.dispose();
  }

  CameraSender newCameraSender() {
    CustomVideoSource source = new CustomVideoSource();
    CameraSender sender =
        new CameraSender(source, factory.createVideoTrack("camera", source), this::remove);
    cameraSenders.add(sender);
    return sender;
  }

  /** Waits for a picture that is being pushed: the sender's source may be disposed of then. */
  private void remove(CameraSender sender) {
    cameraSenders.remove(sender);
    pushing.acquireUninterruptibly();
    pushing.release();
  }

  VideoSender newVideoSender() {
    CustomVideoSource source = new CustomVideoSource();
    String id = UUID.randomUUID().toString();
    return new VideoSender(id, source, factory.createVideoTrack(id, source));
  }

  AudioSender newAudioSender() {
    CustomAudioSource source = new CustomAudioSource();
    String id = UUID.randomUUID().toString();
    return new AudioSender(id, source, factory.createAudioTrack(id, source));
  }

  VideoTrack unsentVideo() {
    return unsentVideo;
  }

  AudioTrack unsentAudio() {
    return unsentAudio;
  }
}
