package dev.farhand.agent.webrtc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.protocol.ChannelMessage;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One data channel of an {@link RtcConnection}, made by either side. Messages are JSON: what is
 * sent is written as JSON, what comes is parsed, and what does not parse is the string that it is.
 *
 * <p>Any thread. Callbacks and futures run on the connection's own thread: they may call anything
 * here, but must not block.
 */
public final class DataChannel {
  /** Messages that wait in an {@link Inbox} before the oldest is dropped. */
  public static final int INBOX_MESSAGES = 1024;

  private final String name;
  private final RtcLoop loop;
  private final Outbox outbox = new Outbox();
  private final LifeCycle life;
  private final Feed<JsonNode> messages;
  private final AtomicReference<@Nullable Inbox<JsonNode>> asked = new AtomicReference<>();
  private final Consumer<DataChannel> ended;
  private @Nullable Channel channel;
  private boolean toldOfBinary;

  /**
   * @param ended hears of its end before anybody else does
   */
  DataChannel(String name, RtcLoop loop, Consumer<Throwable> failed, Consumer<DataChannel> ended) {
    this.name = name;
    this.loop = loop;
    this.ended = ended;
    this.life = new LifeCycle(loop);
    life.onError(failed);
    this.messages = new Feed<>(loop, INBOX_MESSAGES, life::failed);
  }

  /** The name by which both sides know it: its label in WebRTC's terms. */
  public String name() {
    return name;
  }

  /**
   * Sends a message as soon as the channel is ready, in order.
   *
   * @param message anything that Jackson writes as JSON; a string arrives as a string
   * @throws IllegalArgumentException if it cannot be written as JSON, or that is longer than
   *     {@value dev.farhand.protocol.ChannelMessage#DEFAULT_MAX_BYTES} bytes
   * @throws IllegalStateException if the channel is closed
   */
  public void send(Object message) {
    var unused = handOver(message);
  }

  /**
   * Sends what a source gives, until it gives null or fails: each next one is asked for when the
   * last has left. Right for anything with a {@code get} that answers later, as {@link #get} of
   * another connection or an {@link Inbox}.
   *
   * @return its undo
   */
  public Subscription sendFrom(
      Supplier<? extends CompletionStage<? extends @Nullable Object>> source) {
    return untilClosed(Pull.from(source, this::handOver, loop, life::failed));
  }

  /** The same from a source that blocks, such as a sensor; it is called on a thread of its own. */
  public Subscription sendFromBlocking(Callable<? extends @Nullable Object> source) {
    return untilClosed(Pull.fromBlocking(source, this::handOver, loop, life::failed));
  }

  /**
   * Hears each message: what is JSON as it is, anything else as a JSON string.
   *
   * @return its undo
   */
  public Subscription subscribe(Consumer<JsonNode> subscriber) {
    return messages.subscribeDirectly(subscriber);
  }

  /** A queue of one's own with each message from now on, for those who rather ask. */
  public Inbox<JsonNode> subscribe() {
    return messages.subscribe();
  }

  /**
   * The next message. From the first call on, all are kept for those that follow, as in an {@link
   * Inbox}: none is lost between two calls.
   *
   * @return fails with {@link RtcException} when all are taken and none can come any more
   */
  public CompletableFuture<JsonNode> get() {
    return kept().get();
  }

  /** Runs once when messages can flow; at once if they can already. */
  public void onReady(Runnable action) {
    life.onReady(action);
  }

  /** Runs once when the channel has ended, whoever ended it. */
  public void onClose(Runnable action) {
    life.onClose(action);
  }

  /** Completes when messages can flow; fails with {@link RtcException} if they never will. */
  public CompletableFuture<Void> ready() {
    return life.ready();
  }

  /** Completes when the channel has ended. */
  public CompletableFuture<Void> closed() {
    return life.closed();
  }

  /** Ends this channel only. A second time does nothing. */
  public void close() {
    try {
      loop.execute(this::closeNow);
    } catch (RejectedExecutionException e) {
      // The connection has ended, and this with it.
    }
  }

  /** On the connection's thread, as everything below. */
  void attach(Channel opened) {
    channel = opened;
    outbox.attach(opened);
    opened.listen(new Events());
  }

  boolean isAttached() {
    return channel != null;
  }

  /** It could not be made: it is closed, and its {@code ready} fails with this. */
  void fail(RtcException cause) {
    life.failed(cause);
    life.becameUnready(cause);
    end();
  }

  /** The connection ends, or the other side has closed the channel. */
  void end() {
    if (!life.isClosed()) {
      outbox.fail(closedError());
      messages.end();
      ended.accept(this);
      life.becameClosed();
    }
  }

  /** Completes when the message was handed over and there is room for the next. */
  private CompletableFuture<Void> handOver(Object message) {
    String text = Json.write(message);
    if (!Outbox.fits(text)) {
      throw new IllegalArgumentException(
          "A message is at most "
              + ChannelMessage.DEFAULT_MAX_BYTES
              + " bytes of JSON. Send it in parts.");
    }
    if (life.isClosed()) {
      throw closedError();
    }
    CompletableFuture<Void> sent = new CompletableFuture<>();
    try {
      loop.execute(() -> post(text, sent));
    } catch (RejectedExecutionException e) {
      throw closedError();
    }
    return sent;
  }

  private Inbox<JsonNode> kept() {
    Inbox<JsonNode> known = asked.get();
    if (known != null) {
      return known;
    }
    Inbox<JsonNode> made = messages.subscribe();
    Inbox<JsonNode> earlier = asked.compareAndExchange(null, made);
    if (earlier == null) {
      return made;
    }
    made.close();
    return earlier;
  }

  private void closeNow() {
    if (channel != null) {
      channel.close();
    }
    end();
  }

  private void post(String text, CompletableFuture<Void> sent) {
    if (life.isClosed()) {
      sent.completeExceptionally(closedError());
      return;
    }
    if (!outbox.add(text, sent)) {
      RtcException full =
          new RtcException(
              "A message was dropped: " + Outbox.MAX_WAITING + " wait already. Send fewer.");
      sent.completeExceptionally(full);
      life.failed(full);
    }
  }

  private Subscription untilClosed(Subscription pull) {
    CompletableFuture<Void> unused = life.closed().thenRun(pull::close);
    return pull;
  }

  private IllegalStateException closedError() {
    return new IllegalStateException(
        "The channel " + name + " is closed. Make a new connection or channel.");
  }

  private final class Events implements Channel.Listener {
    @Override
    public void opened() {
      outbox.flush();
      life.becameReady();
    }

    @Override
    public void text(String message) {
      messages.publish(Json.read(message));
    }

    @Override
    public void binary() {
      if (!toldOfBinary) {
        toldOfBinary = true;
        life.failed(
            new RtcException(
                ("Binary messages on the channel " + name + " are dropped: only text is read here.")
                    + " Send JSON or a string."));
      }
    }

    @Override
    public void drained() {
      outbox.flush();
    }

    @Override
    public void closed() {
      end();
    }
  }
}
