package dev.farhand.agent.webrtc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.protocol.ChannelMessage;
import dev.farhand.protocol.SignalMessage.Description;
import dev.farhand.protocol.SignalMessage.IceCandidate;
import dev.farhand.protocol.SignalMessage.IceServer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
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
 * <p>Any thread. Callbacks and futures run on the connection's own thread; they may call anything
 * here, {@link #close} too, but must not block. A connection is used once.
 */
public final class RtcConnection implements AutoCloseable {
  /** A STUN server that does not answer must not hold up those that did. */
  private static final long GATHERING_SECONDS = 5;

  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(this::newThread);
  private final List<Consumer<JsonNode>> subscribers = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final CompletableFuture<Throwable> error = new CompletableFuture<>();
  private final CompletableFuture<Void> gathered = new CompletableFuture<>();
  private final Outbox outbox = new Outbox();
  private final WebRtc webRtc;
  private final boolean ownsWebRtc;
  private final Peer peer;
  private volatile @Nullable Thread thread;

  private RtcConnection(WebRtc webRtc, boolean ownsWebRtc, List<IceServer> iceServers) {
    this.webRtc = webRtc;
    this.ownsWebRtc = ownsWebRtc;
    this.peer = webRtc.newPeer(iceServers, executor, new Events());
  }

  /**
   * A connection with a libwebrtc of its own, without STUN and TURN.
   *
   * @throws MissingLibrariesException if the system lacks what libwebrtc links
   */
  public static RtcConnection create() {
    return create(List.of());
  }

  /** The same, with these STUN and TURN servers. */
  public static RtcConnection create(List<IceServer> iceServers) {
    return new RtcConnection(WebRtc.start(), true, iceServers);
  }

  /** A connection that shares a libwebrtc: right for a program that makes many. */
  public static RtcConnection create(WebRtc webRtc, List<IceServer> iceServers) {
    return new RtcConnection(webRtc, false, iceServers);
  }

  /** Makes the channel and an offer, complete with candidates. */
  public CompletableFuture<Description> localDescription() {
    return onThread(
        () -> {
          use(peer.createChannel(ChannelMessage.DEFAULT));
          return peer.offer(false).thenCompose(offer -> complete());
        });
  }

  /**
   * The answer to this offer, complete with candidates.
   *
   * @return fails with {@link BadDescriptionException} if the offer cannot be used
   */
  public CompletableFuture<Description> localDescription(Description offer) {
    return onThread(() -> peer.answer(offer).thenCompose(answer -> complete()));
  }

  /** Takes the answer to our offer. Fails as {@link #localDescription(Description)} does. */
  public CompletableFuture<Void> remoteDescription(Description answer) {
    return onThread(() -> peer.accept(answer));
  }

  /**
   * Sends a message, once the connection is ready, in order.
   *
   * @param message anything that Jackson writes as JSON; a string arrives as a string
   * @throws IllegalArgumentException if its JSON is longer than 16 KiB
   */
  public void send(Object message) {
    String text = Json.write(message);
    if (!Outbox.fits(text)) {
      throw new IllegalArgumentException(
          "A message is at most "
              + ChannelMessage.DEFAULT_MAX_BYTES
              + " bytes of JSON. Send it in parts.");
    }
    try {
      executor.execute(() -> post(text));
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("The connection is closed", e);
    }
  }

  /**
   * Hears each message: what is JSON as it is, anything else as a JSON string.
   *
   * @return its undo
   */
  public Subscription subscribe(Consumer<JsonNode> subscriber) {
    // A wrapper of its own, so that the same consumer may subscribe twice and undo once.
    Consumer<JsonNode> entry = message -> subscriber.accept(message);
    subscribers.add(entry);
    return () -> subscribers.remove(entry);
  }

  /** Runs once when messages can flow; at once if they can already. */
  public void onReady(Runnable action) {
    CompletableFuture<Void> unused = ready.thenRunAsync(action, executor);
  }

  /** Runs once when the connection has ended, whoever ended it. */
  public void onClose(Runnable action) {
    CompletableFuture<Void> unused = closed.thenRun(action);
  }

  /** Hears why the connection could not be made or kept. */
  public void onError(Consumer<Throwable> action) {
    CompletableFuture<Void> unused = error.thenAccept(action);
  }

  /** Ends the connection; waits for its native parts unless called from a callback. */
  @Override
  public void close() {
    try {
      executor.execute(this::dispose);
    } catch (RejectedExecutionException e) {
      return;
    }
    if (Thread.currentThread() != thread) {
      closed.orTimeout(5, TimeUnit.SECONDS).exceptionally(late -> null).join();
    }
  }

  private Thread newThread(Runnable task) {
    Thread made = new Thread(task, "rtc-connection");
    made.setDaemon(true);
    thread = made;
    return made;
  }

  private void dispose() {
    if (!peer.isClosed()) {
      peer.close();
      executor.shutdown();
      if (ownsWebRtc) {
        webRtc.close();
      }
      closed.complete(null);
    }
  }

  private void post(String text) {
    if (!outbox.add(text)) {
      error.complete(
          new IllegalStateException("Messages are sent faster than the connection carries them"));
    }
  }

  private void use(Channel channel) {
    outbox.attach(channel);
    channel.listen(new Default());
  }

  private CompletableFuture<Description> complete() {
    return gathered
        .copy()
        .completeOnTimeout(null, GATHERING_SECONDS, TimeUnit.SECONDS)
        .thenApplyAsync(done -> peer.localDescription().orElseThrow(), executor);
  }

  private <T> CompletableFuture<T> onThread(Supplier<CompletableFuture<T>> task) {
    try {
      return CompletableFuture.<Void>completedFuture(null)
          .thenComposeAsync(start -> task.get(), executor)
          .whenComplete(
              (result, failure) -> {
                if (failure != null) {
                  error.complete(failure);
                }
              });
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(new IllegalStateException("The connection is closed"));
    }
  }

  private final class Events implements Peer.Listener {
    @Override
    public void candidate(Optional<IceCandidate> candidate) {
      if (candidate.isEmpty()) {
        gathered.complete(null);
      }
    }

    @Override
    public void channel(Channel channel) {
      if (channel.label().equals(ChannelMessage.DEFAULT)) {
        use(channel);
      }
    }

    @Override
    public void state(PeerState state) {
      if (state == PeerState.FAILED) {
        error.complete(new IllegalStateException("No path was found to the other side"));
        dispose();
      }
    }

    @Override
    public void overrun(Peer.Overrun kind) {
      error.complete(new IllegalStateException("The other side sends more than can be taken"));
      dispose();
    }
  }

  private final class Default implements Channel.Listener {
    @Override
    public void opened() {
      outbox.flush();
      ready.complete(null);
    }

    @Override
    public void text(String message) {
      JsonNode json = Json.read(message);
      subscribers.forEach(subscriber -> subscriber.accept(json));
    }

    @Override
    public void drained() {
      outbox.flush();
    }

    @Override
    public void closed() {
      dispose();
    }
  }
}
