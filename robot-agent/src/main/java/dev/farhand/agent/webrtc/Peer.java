package dev.farhand.agent.webrtc;

import dev.farhand.protocol.ChannelMessage;
import dev.farhand.protocol.SignalMessage.Description;
import dev.farhand.protocol.SignalMessage.IceCandidate;
import dev.farhand.protocol.SignalMessage.IceServer;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCIceGatheringState;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One peer connection. Confined to its executor: native callbacks copy what they bring and hand it
 * over, so that none holds a native thread and nothing is closed from inside one. Futures complete
 * on the executor too, whether they succeed or fail.
 */
public final class Peer {
  /** The largest message that is read; more ends the session. */
  public static final int MAX_MESSAGE_BYTES = 65_536;

  /** Messages that may wait for the executor; a flood must not fill the memory before it ends. */
  private static final int MAX_WAITING = 512;

  /** Bytes in those messages: few large ones fill the memory as well as many small ones. */
  private static final long MAX_WAITING_BYTES = 1L << 20;

  /** What happens to a peer; called on its executor. */
  public interface Listener {
    /** One of our candidates; empty after the last of this negotiation. */
    default void candidate(Optional<IceCandidate> candidate) {}

    /** The other side made a channel. Set its listener now: messages follow. */
    default void channel(Channel channel) {}

    /** The other side sends a video or a sound. Watch or listen now or later. */
    default void track(RemoteTrack track) {}

    default void state(PeerState state) {}

    /**
     * A message has come, text or not, on whatever channel, also one that nobody listens to. Its
     * channel hears of it next, unless this closes the peer.
     */
    default void message() {}

    /** The other side sends more than can be taken; nothing further is read. */
    default void overrun(Overrun kind) {}
  }

  /** What was too much. */
  public enum Overrun {
    TOO_LARGE,
    TOO_MANY
  }

  private final Executor executor;
  private final Listener listener;
  private final AtomicLong received;
  private final AudioModule audio;
  private final PeerMedia media;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicBoolean overrun = new AtomicBoolean();
  private final List<Channel> channels = new ArrayList<>();
  private @Nullable RTCPeerConnection connection;
  private @Nullable CameraSender camera;

  Peer(Executor executor, Listener listener, AtomicLong received, AudioModule audio) {
    this.executor = executor;
    this.listener = listener;
    this.received = received;
    this.audio = audio;
    this.media = new PeerMedia(this, audio);
  }

  void open(PeerConnectionFactory factory, List<IceServer> iceServers) {
    RTCConfiguration configuration = NativeForm.configuration(iceServers);
    Observer observer = new Observer();
    if (!Negotiation.ignoringBadInput(
        () -> connection = factory.createPeerConnection(configuration, observer))) {
      throw new IllegalArgumentException("The server's list of STUN and TURN servers is not valid");
    }
  }

  /** Sends the process's camera in the next negotiation. */
  public void sendVideo(WebRtc webRtc) {
    CameraSender sender = webRtc.newCameraSender();
    media.sending(sender);
    sender.sentBy(connection().addTrack(sender.track(), List.of("robot")));
    camera = sender;
  }

  /** How the camera's pictures are sent from now on, if they are. */
  public void encode(Encoding encoding) {
    if (camera != null) {
      camera.encode(encoding);
    }
  }

  /**
   * Asks the other side for one more video in the next offer. It comes with {@link Listener#track}
   * once it was answered, if the other side has one.
   */
  public void receiveVideo(WebRtc webRtc) {
    PeerMedia.receive(connection(), webRtc.unsentVideo());
  }

  /** The same for a sound. */
  public void receiveAudio(WebRtc webRtc) {
    PeerMedia.receive(connection(), webRtc.unsentAudio());
  }

  /** Sends a video of its own in the next negotiation. */
  VideoSender addVideo(WebRtc webRtc) {
    VideoSender sender = webRtc.newVideoSender();
    media.sending(sender);
    connection().addTrack(sender.track(), List.of(sender.id()));
    return sender;
  }

  /** Sends a sound of its own in the next negotiation. */
  AudioSender addAudio(WebRtc webRtc) {
    AudioSender sender = webRtc.newAudioSender();
    media.sending(sender);
    connection().addTrack(sender.track(), List.of(sender.id()));
    return sender;
  }

  /** Makes a channel; reliable and ordered, or neither, as {@link ChannelMessage} says. */
  public Channel createChannel(String label) {
    boolean outdates =
        label.equals(ChannelMessage.CONTROL) || label.equals(ChannelMessage.TELEMETRY);
    return createChannel(
        label,
        outdates
            ? ChannelOptions.lossy(Duration.ofMillis(ChannelMessage.LIFETIME_MILLIS))
            : ChannelOptions.RELIABLE);
  }

  /** Makes a channel. */
  public Channel createChannel(String label, ChannelOptions options) {
    RTCDataChannel made = connection().createDataChannel(label, options.nativeForm());
    Channel channel = new Channel(this, made, received);
    channel.observe();
    channels.add(channel);
    // On a connection that stands it may have opened before it was observed.
    handOver(channel::stateChanged);
    return channel;
  }

  /** STUN and TURN for the next gathering. */
  public void iceServers(List<IceServer> iceServers) {
    RTCConfiguration configuration = NativeForm.configuration(iceServers);
    Negotiation.ignoringBadInput(() -> connection().setConfiguration(configuration));
  }

  /** Makes an offer and begins to gather. */
  public CompletableFuture<Description> offer(boolean iceRestart) {
    RTCPeerConnection peer = connection();
    if (iceRestart) {
      peer.restartIce();
    }
    return Negotiation.offer(peer, executor)
        .thenCompose(offer -> Negotiation.applyLocal(connection(), offer, executor))
        .thenApply(NativeForm::description);
  }

  /**
   * Answers an offer and begins to gather. One at a time.
   *
   * @return fails with {@link BadDescriptionException} if the offer cannot be used
   */
  public CompletableFuture<Description> answer(Description offer) {
    return Negotiation.applyRemote(connection(), NativeForm.of(offer), executor)
        .thenCompose(done -> Negotiation.answer(connection(), executor))
        .thenCompose(answer -> Negotiation.applyLocal(connection(), answer, executor))
        .thenApply(NativeForm::description);
  }

  /** Takes the answer to our offer. Fails as {@link #answer} does. */
  public CompletableFuture<Void> accept(Description answer) {
    return Negotiation.applyRemote(connection(), NativeForm.of(answer), executor)
        .thenAccept(done -> {});
  }

  /** A candidate of the other side, after its description. One that cannot be used is ignored. */
  public void addCandidate(IceCandidate candidate) {
    NativeForm.of(candidate)
        .ifPresent(ours -> Negotiation.ignoringBadInput(() -> connection().addIceCandidate(ours)));
  }

  /** The current local description, with all candidates gathered so far. */
  public Optional<Description> localDescription() {
    return Optional.ofNullable(connection().getLocalDescription()).map(NativeForm::description);
  }

  /** Whether {@link #localDescription} has all candidates that there will be. */
  public boolean isGathered() {
    return connection().getIceGatheringState() == RTCIceGatheringState.COMPLETE;
  }

  /** The path that packets take now; empty while there is none. Never completes once closed. */
  public CompletableFuture<Optional<PeerPath>> path() {
    CompletableFuture<Optional<PeerPath>> path = new CompletableFuture<>();
    connection()
        .getStats(
            report -> {
              Optional<PeerPath> found = PeerPath.of(report);
              handOver(() -> path.complete(found));
            });
    return path;
  }

  /** What the way out takes now. Never completes once closed. */
  public CompletableFuture<Uplink> uplink() {
    CompletableFuture<Uplink> uplink = new CompletableFuture<>();
    connection()
        .getStats(
            report -> {
              Uplink found = Uplink.of(report);
              handOver(() -> uplink.complete(found));
            });
    return uplink;
  }

  RTCPeerConnection connection() {
    if (connection == null) {
      throw new IllegalStateException("This peer is closed");
    }
    return connection;
  }

  public boolean isClosed() {
    return connection == null;
  }

  /** Ends it. Nothing is reported afterwards. */
  public void close() {
    RTCPeerConnection peer = connection;
    if (peer != null) {
      channels.forEach(Channel::dispose);
      channels.clear();
      media.close();
      camera = null;
      connection = null;
      audio.alone(peer::close);
      media.dispose();
    }
  }

  /** From a native thread: runs it on the executor unless the peer has closed by then. */
  void handOver(Runnable task) {
    try {
      executor.execute(
          () -> {
            if (connection != null) {
              task.run();
            }
          });
    } catch (RejectedExecutionException e) {
      // The owner has ended; nobody is left to hear of it.
    }
  }

  /** The same for what one message brings: counted first, whatever it is. */
  void handOverMessage(int bytes, Runnable task) {
    if (overrun.get()) {
      return;
    }
    if (waiting.incrementAndGet() > MAX_WAITING
        || waitingBytes.addAndGet(bytes) > MAX_WAITING_BYTES) {
      overrun(Overrun.TOO_MANY);
      return;
    }
    handOver(
        () -> {
          waiting.decrementAndGet();
          waitingBytes.addAndGet(-bytes);
          listener.message();
          if (connection != null) {
            task.run();
          }
        });
  }

  void overrun(Overrun kind) {
    if (overrun.compareAndSet(false, true)) {
      handOver(() -> listener.overrun(kind));
    }
  }

  /** Called on libwebrtc's threads; hands over and returns. */
  private final class Observer implements PeerConnectionObserver {
    @Override
    public void onIceCandidate(RTCIceCandidate candidate) {
      IceCandidate ours = NativeForm.candidate(candidate);
      handOver(() -> listener.candidate(Optional.of(ours)));
    }

    @Override
    public void onIceGatheringChange(RTCIceGatheringState state) {
      if (state == RTCIceGatheringState.COMPLETE) {
        handOver(() -> listener.candidate(Optional.empty()));
      }
    }

    @Override
    public void onConnectionChange(RTCPeerConnectionState state) {
      PeerState ours = PeerState.of(state);
      handOver(() -> listener.state(ours));
    }

    @Override
    public void onTrack(RTCRtpTransceiver transceiver) {
      handOver(() -> media.add(transceiver).ifPresent(listener::track));
    }

    @Override
    public void onDataChannel(RTCDataChannel dataChannel) {
      Channel channel = new Channel(Peer.this, dataChannel, received);
      handOver(
          () -> {
            channels.add(channel);
            listener.channel(channel);
            channel.stateChanged();
          });
      channel.observe();
    }
  }
}
