package dev.farhand.agent.webrtc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.protocol.ChannelMessage;
import dev.farhand.protocol.SignalMessage.Description;
import dev.farhand.protocol.SignalMessage.IceCandidate;
import dev.farhand.protocol.SignalMessage.IceServer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One WebRTC connection to a browser or another program, for those who bring their own signaling:
 * RTCBot's object, in Java. Descriptions are complete (nothing trickles), messages are JSON over
 * the channel {@code default}.
 *
 * <pre>{@code
 * try (RtcConnection connection = RtcConnection.create()) {
 *   connection.subscribe(message -> System.out.println("Got message: " + message));
 *   connection.onReady(() -> connection.send(Map.of("hello", "browser")));
 *   Description answer = connection.localDescription(offerFromBrowser).join();
 *   // … send the answer back, then wait …
 * }
 * }</pre>
 *
 * <p>Any thread. Callbacks and futures run on the connection's own thread, those of {@link #video}
 * and {@link #audio} on a second one; they may call anything here, {@link #close} too, but must not
 * block. One that throws harms nobody: {@link #onError} hears of it. A connection is used once.
 *
 * <p>It ends by {@link #close}; when the other side closes it or its channel {@code default}; when
 * no path is found in time, or the last one is lost; and when the other side sends more than can be
 * taken: a message of more than {@link Peer#MAX_MESSAGE_BYTES} bytes (the descriptions say so, and
 * browsers then refuse to send it), or 512 messages or 1 MiB faster than they are read.
 */
public final class RtcConnection implements AutoCloseable {
  private static final String NO_PATH =
      ". Is it still there, and do its network and ours let UDP through? If not, both sides need a"
          + " TURN server.";

  private final RtcLoop loop = new RtcLoop(this::failed);
  private final LifeCycle life = new LifeCycle(loop);
  private final Channels channels = new Channels(loop, life);
  private final RtcOptions options;
  private final WebRtc webRtc;
  private final Runnable gone;
  private final Peer peer;
  private final Handshake handshake;
  private final Media<Image> video;
  private final Media<AudioFrame> audio;
  private boolean connected;
  private boolean disposed;
  private volatile boolean negotiable = true;

  /**
   * @param gone runs when it needs the libwebrtc no more
   */
  private RtcConnection(WebRtc webRtc, RtcOptions options, Runnable gone) {
    this.webRtc = webRtc;
    this.gone = gone;
    this.options = options;
    this.peer = webRtc.newPeer(options.iceServers(), loop, new Events());
    this.handshake = new Handshake(loop, peer);
    this.video = new Media<>(loop, life, new VideoKind(), () -> negotiable);
    this.audio = new Media<>(loop, life, new AudioKind(), () -> negotiable);
    channels.defaultChannel().onReady(life::becameReady);
    channels.defaultChannel().onClose(this::dispose);
  }

  /**
   * A connection without STUN and TURN. All that are made in this way share one libwebrtc, which
   * the first starts and which stays until the program ends. It keeps about 100 bytes for each
   * message received and 70 KB for each connection made: who receives millions and wants the former
   * back starts a {@link WebRtc}, and closes it.
   *
   * @throws MissingLibrariesException if the system lacks what libwebrtc links
   */
  public static RtcConnection create() {
    return create(RtcOptions.DEFAULT);
  }

  /** The same, with these STUN and TURN servers. */
  public static RtcConnection create(List<IceServer> iceServers) {
    return create(RtcOptions.DEFAULT.withIceServers(iceServers));
  }

  /** The same, with these options. */
  public static RtcConnection create(RtcOptions options) {
    SharedWebRtc shared = SharedWebRtc.ofThisProcess();
    WebRtc borrowed = shared.borrow();
    try {
      return new RtcConnection(borrowed, options, shared::giveBack);
    } catch (RuntimeException e) {
      shared.giveBack();
      throw e;
    }
  }

  /** A connection on the program's own libwebrtc, which is closed after all its connections. */
  public static RtcConnection create(WebRtc webRtc, List<IceServer> iceServers) {
    return create(webRtc, RtcOptions.DEFAULT.withIceServers(iceServers));
  }

  /** The same, with these options. */
  public static RtcConnection create(WebRtc webRtc, RtcOptions options) {
    return new RtcConnection(webRtc, options, () -> {});
  }

  /**
   * Our description, complete with candidates: the answer if the other side's offer was given to
   * {@link #remoteDescription}; else an offer, with the channel {@code default}.
   *
   * @return fails with {@link IllegalStateException} if it was made already, with {@link
   *     BadDescriptionException} if the offer cannot be used
   */
  public CompletableFuture<Description> localDescription() {
    return describe(() -> handshake.isOffered() ? answer() : offer());
  }

  /** The answer to this offer; fails as {@link #localDescription()} does. */
  public CompletableFuture<Description> localDescription(Description offer) {
    if (offer.type() != Description.Type.OFFER) {
      return CompletableFuture.failedFuture(
          new BadDescriptionException(
              "This is an answer, but an offer is due here. Give it to remoteDescription()."));
    }
    return describe(() -> handshake.remote(offer).thenCompose(taken -> answer()));
  }

  /**
   * Takes the other side's description: the answer to our offer, or an offer, which {@link
   * #localDescription()} then answers. Fails as that does.
   */
  public CompletableFuture<Void> remoteDescription(Description description) {
    return onLoop(
        () -> {
          boolean answered = handshake.isOffering();
          return handshake
              .remote(description)
              .thenRun(
                  () -> {
                    if (answered) {
                      loop.after(options.connectWithin(), this::pathDue);
                    }
                  });
        });
  }

  /** Sends a message over the channel {@code default}; see {@link DataChannel#send}. */
  public void send(Object message) {
    channels.defaultChannel().send(message);
  }

  /** Sends what a source gives; see {@link DataChannel#sendFrom}. */
  public Subscription sendFrom(
      Supplier<? extends CompletionStage<? extends @Nullable Object>> source) {
    return channels.defaultChannel().sendFrom(source);
  }

  /** Sends what a blocking source gives; see {@link DataChannel#sendFromBlocking}. */
  public Subscription sendFromBlocking(Callable<? extends @Nullable Object> source) {
    return channels.defaultChannel().sendFromBlocking(source);
  }

  /**
   * Hears each message of the channel {@code default}: what is JSON as it is, anything else as a
   * JSON string.
   *
   * @return its undo
   */
  public Subscription subscribe(Consumer<JsonNode> subscriber) {
    return channels.defaultChannel().subscribe(subscriber);
  }

  /** A queue of one's own with each message from now on, for those who rather ask. */
  public Inbox<JsonNode> subscribe() {
    return channels.defaultChannel().subscribe();
  }

  /** The next message; none is lost between two calls. See {@link DataChannel#get}. */
  public CompletableFuture<JsonNode> get() {
    return channels.defaultChannel().get();
  }

  /**
   * A further channel, which the other side hears of by {@code onChannel}. Before the descriptions
   * or later; if the other side offers, its offer must have a channel, as it always does here.
   *
   * @throws IllegalArgumentException if there is one with this name; {@code default} always is
   * @throws IllegalStateException if the connection is closed
   */
  public DataChannel addChannel(String name, ChannelOptions channelOptions) {
    DataChannel channel = channels.reserve(name);
    try {
      loop.execute(() -> open(channel, channelOptions));
    } catch (RejectedExecutionException e) {
      throw closedError();
    }
    return channel;
  }

  /** The same, ordered and reliable. */
  public DataChannel addChannel(String name) {
    return addChannel(name, ChannelOptions.RELIABLE);
  }

  /** The channel with this name, whoever made it. */
  public Optional<DataChannel> channel(String name) {
    return channels.named(name);
  }

  /** Hears of each channel that the other side makes besides {@code default}. */
  public void onChannel(Consumer<DataChannel> listener) {
    channels.onChannel(listener);
  }

  public Media<Image> video() {
    return video;
  }

  /** 16-bit PCM at 48 kHz. No sound card is opened: frames come from and go to the program. */
  public Media<AudioFrame> audio() {
    return audio;
  }

  /** Runs once when messages can flow; at once if they can already. */
  public void onReady(Runnable action) {
    life.onReady(action);
  }

  /** Runs once when the connection has ended, whoever ended it. */
  public void onClose(Runnable action) {
    life.onClose(action);
  }

  /**
   * Hears what goes wrong apart from calls here: lost paths, messages that cannot be read,
   * callbacks that throw. Who comes late still hears the first. Logged if nobody listens.
   */
  public void onError(Consumer<Throwable> listener) {
    life.onError(listener);
  }

  /** Completes when messages can flow; fails with {@link RtcException} if they never will. */
  public CompletableFuture<Void> ready() {
    return life.ready();
  }

  /** Completes when the connection has ended and all that it held is given back. */
  public CompletableFuture<Void> closed() {
    return life.closed();
  }

  /** Completes with the first thing that goes wrong; see {@link #onError}. */
  public CompletableFuture<Throwable> error() {
    return life.error();
  }

  /** Ends the connection; waits for its native parts unless called from a callback. */
  @Override
  public void close() {
    try {
      loop.execute(this::dispose);
    } catch (RejectedExecutionException e) {
      return;
    }
    if (!loop.isOwn()) {
      life.closed().orTimeout(5, TimeUnit.SECONDS).exceptionally(late -> null).join();
    }
  }

  private void open(DataChannel channel, ChannelOptions channelOptions) {
    Channel made;
    try {
      made = peer.createChannel(channel.name(), channelOptions);
    } catch (RuntimeException | Error e) {
      channel.fail(new RtcException("The channel could not be made.", e));
      return;
    }
    channel.attach(made);
  }

  private CompletableFuture<Description> offer() {
    if (handshake.isNew()) {
      channels
          .defaultChannel()
          .attach(peer.createChannel(ChannelMessage.DEFAULT, options.defaultChannel()));
      video.offer();
      audio.offer();
    }
    return handshake
        .offer()
        .thenApply(
            offer -> {
              loop.after(options.answerWithin(), this::answerDue);
              return offer;
            });
  }

  private CompletableFuture<Description> answer() {
    return handshake
        .answer()
        .thenApply(
            answer -> {
              loop.after(options.connectWithin(), this::pathDue);
              return answer;
            });
  }

  private CompletableFuture<Description> describe(
      Supplier<CompletableFuture<Description>> description) {
    // At once: what is added after this call must be refused, for it comes too late.
    negotiable = false;
    return onLoop(
        () ->
            description.get().whenComplete((made, failure) -> negotiable = handshake.takesMedia()));
  }

  private void checkTakesMedia() {
    if (!handshake.takesMedia()) {
      throw Media.tooLate();
    }
  }

  private void answerDue() {
    if (handshake.isOffering()) {
      fail(
          "No answer to the offer came within "
              + options.answerWithin().toSeconds()
              + " s. Make a new connection when the other side is there.");
    }
  }

  private void pathDue() {
    if (!connected) {
      fail(
          "No path to the other side was found within "
              + options.connectWithin().toSeconds()
              + " s"
              + NO_PATH);
    }
  }

  private void fail(String message) {
    if (!peer.isClosed()) {
      life.failed(new RtcException(message));
      dispose();
    }
  }

  private void dispose() {
    // The end of the default channel ends the connection, from whichever side it began.
    if (!disposed) {
      disposed = true;
      channels.end();
      video.end();
      audio.end();
      peer.close();
      gone.run();
      life.becameClosed();
      loop.shutdown();
    }
  }

  private <T> CompletableFuture<T> onLoop(Supplier<CompletableFuture<T>> task) {
    CompletableFuture<T> result =
        loop.call(() -> disposed ? CompletableFuture.failedFuture(closedError()) : task.get());
    // Also when the connection ends before the task does: its own future may then never complete.
    life.onClose(() -> result.completeExceptionally(closedError()));
    return result;
  }

  private void failed(Throwable cause) {
    life.failed(cause);
  }

  private static IllegalStateException closedError() {
    return new IllegalStateException("The connection is closed. Make a new one.");
  }

  private final class VideoKind implements Media.Kind<Image> {
    @Override
    public int capacity() {
      return 1;
    }

    @Override
    public MediaSender<Image> send() {
      checkTakesMedia();
      return peer.addVideo(webRtc);
    }

    @Override
    public void receive() {
      peer.receiveVideo(webRtc);
    }
  }

  private final class AudioKind implements Media.Kind<AudioFrame> {
    @Override
    public int capacity() {
      return RemoteAudio.MAX_WAITING;
    }

    @Override
    public MediaSender<AudioFrame> send() {
      checkTakesMedia();
      return peer.addAudio(webRtc);
    }

    @Override
    public void receive() {
      peer.receiveAudio(webRtc);
    }
  }

  private final class Events implements Peer.Listener {
    @Override
    public void candidate(Optional<IceCandidate> candidate) {
      if (candidate.isEmpty()) {
        handshake.gathered();
      }
    }

    @Override
    public void channel(Channel channel) {
      channels.came(channel);
    }

    @Override
    public void track(RemoteTrack track) {
      if (track instanceof RemoteVideo seen) {
        video.came(seen.id(), seen::watch);
      } else if (track instanceof RemoteAudio heard) {
        audio.came(heard.id(), heard::listen);
      }
    }

    @Override
    public void state(PeerState state) {
      if (state == PeerState.CONNECTED) {
        connected = true;
        if (!handshake.hasChannels()) {
          life.becameReady();
        }
      } else if (state == PeerState.FAILED) {
        fail(
            connected
                ? "The path to the other side was lost. Make a new connection when it is back."
                : "No path to the other side was found" + NO_PATH);
      }
    }

    @Override
    public void overrun(Peer.Overrun kind) {
      fail(
          kind == Peer.Overrun.TOO_LARGE
              ? ("The other side sent a message of more than " + Peer.MAX_MESSAGE_BYTES)
                  + " bytes, so the connection is closed. It must be sent in parts."
              : "The other side sends faster than messages are read here, so the connection is"
                  + " closed. It must send less, or the subscribers return sooner.");
    }
  }
}
