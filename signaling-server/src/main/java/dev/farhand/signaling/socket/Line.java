package dev.farhand.signaling.socket;

import dev.farhand.protocol.Code;
import dev.farhand.protocol.JsonCodec;
import dev.farhand.protocol.SignalMessage;
import dev.farhand.signaling.bounds.Limits;
import dev.farhand.signaling.bounds.Timings;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.internal.http.WebSocketInternal;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket with bounds: the size and number of what comes in, the bytes that wait to go out,
 * and the silence that it may keep. Confined to its event loop.
 *
 * <p>At its other end is one of our programs, which is pinged and told things by messages, or,
 * after {@link #speakByFramesOnly}, one that knows nothing of them.
 */
final class Line {
  private static final JsonCodec<SignalMessage> CODEC = new JsonCodec<>(SignalMessage.class);
  private static final String PING = CODEC.encode(new SignalMessage.Ping());

  // RFC 6455, section 7.4.1, and its registry for 1012.
  private static final short NORMAL = 1000;
  private static final short POLICY = 1008;
  private static final short LARGE = 1009;
  private static final short FAULT = 1011;
  private static final short RESTART = 1012;

  private static final int KIB = 1024;

  private final Vertx vertx;
  private final ServerWebSocket socket;
  private final Limits limits;
  private final Timings timings;
  private final LongSupplier nanoTime;
  private final RateLimit rate;
  private final Consumer<String> onText;
  private final Runnable onLost;
  private final Runnable onGone;

  private @Nullable Buffer fragments;
  private long lastHeard;
  private long lastPing;
  private long queued;
  private long lastTaken;
  private long timer;
  private boolean closed;
  private boolean framesOnly;

  /**
   * Takes the socket over.
   *
   * @param onText hears each message
   * @param onLost hears once that nothing more comes or goes, whoever closed
   * @param onGone hears last, when the connection below is closed
   */
  Line(
      Vertx vertx,
      ServerWebSocket socket,
      Limits limits,
      Timings timings,
      LongSupplier nanoTime,
      Consumer<String> onText,
      Runnable onLost,
      Runnable onGone) {
    this.vertx = vertx;
    this.socket = socket;
    this.limits = limits;
    this.timings = timings;
    this.nanoTime = nanoTime;
    this.rate = new RateLimit(limits.messagesPerSecond(), nanoTime);
    this.onText = onText;
    this.onLost = onLost;
    this.onGone = onGone;
    this.lastHeard = nanoTime.getAsLong();
    this.lastPing = lastHeard;
    socket.frameHandler(this::frame);
    socket.exceptionHandler(this::broken);
    socket.closeHandler(end -> lost());
    watch();
  }

  /** Allows a robot's rate. */
  void allow(int messagesPerSecond) {
    rate.setPerSecond(messagesPerSecond);
  }

  /**
   * From now on no message of the protocol goes out: pings are WebSocket frames (RFC 6455, section
   * 5.5.2), any frame is a sign of life, and why it was closed stands in the close frame alone.
   */
  void speakByFramesOnly() {
    framesOnly = true;
  }

  boolean isOpen() {
    return !closed;
  }

  /** The message as it goes over the wire. */
  static String text(SignalMessage message) {
    return CODEC.encode(message);
  }

  void send(SignalMessage message) {
    if (!framesOnly) {
      send(text(message));
    }
  }

  /** Sends text as it stands. */
  void send(String text) {
    if (closed) {
      return;
    }
    if (queued == 0) {
      lastTaken = nanoTime.getAsLong();
    }
    int size = text.length();
    queued += size;
    socket.writeTextMessage(text).onComplete(done -> taken(size));
    if (queued > limits.queuedBytes()) {
      close(POLICY, Code.SLOW_READER);
    }
  }

  /** Closes after what was sent, for nothing is wrong. */
  void finish() {
    close(NORMAL, "");
  }

  /** Says why, and closes. */
  void refuse(Code code, String reason) {
    send(new SignalMessage.Failed(code, reason));
    close(statusFor(code), code);
  }

  void refuse(Code code) {
    refuse(code, code.sentence());
  }

  /** Closes after what was sent; the code is the close frame's reason. */
  void close(Code code) {
    close(statusFor(code), code);
  }

  private static short statusFor(Code code) {
    return switch (code) {
      case TOO_LARGE -> LARGE;
      case INTERNAL -> FAULT;
      case SERVER_RESTARTING -> RESTART;
      case SUPERSEDED -> NORMAL;
      default -> POLICY;
    };
  }

  private void close(short status, Code code) {
    close(status, code.wire());
  }

  private void close(short status, String reason) {
    if (closed) {
      return;
    }
    boolean wasClosed = socket.isClosed();
    end();
    if (!wasClosed) {
      socket.close(status, reason);
      // A reader that takes nothing would keep the close frame, and all before it, for good.
      timer = vertx.setTimer(timings.closing().toMillis(), late -> cut());
    }
  }

  /** Closes the connection below, whatever it still has to say. */
  private void cut() {
    var unused = ((WebSocketInternal) socket).channelHandlerContext().close();
  }

  private void lost() {
    vertx.cancelTimer(timer);
    if (!closed) {
      end();
    }
    onGone.run();
  }

  private void end() {
    closed = true;
    fragments = null;
    vertx.cancelTimer(timer);
    onLost.run();
  }

  private void taken(int size) {
    queued -= size;
    lastTaken = nanoTime.getAsLong();
  }

  private void frame(WebSocketFrame frame) {
    if (closed) {
      return;
    }
    // By size, too: a robot's thin link must not be filled by one operator of several.
    if (!rate.tryTake(1 + frame.binaryData().length() / KIB)) {
      refuse(Code.TOO_MANY_MESSAGES);
      return;
    }
    if (framesOnly) {
      lastHeard = nanoTime.getAsLong();
    }
    switch (frame.type()) {
      case TEXT, CONTINUATION -> part(frame);
      case BINARY -> refuse(Code.BAD_MESSAGE, "Messages are text, not binary.");
      case CLOSE -> end();
      // Pings were answered. They prove that the peer's system lives, not
      // that its program does: only messages count as being heard of.
      default -> {}
    }
  }

  /** A frame that cannot be read; when this returns, the connection below is closed. */
  private void broken(Throwable fault) {
    if (fault instanceof CorruptedWebSocketFrameException frame) {
      boolean large = frame.closeStatus().code() == LARGE;
      refuse(large ? Code.TOO_LARGE : Code.BAD_MESSAGE);
    }
  }

  private void part(WebSocketFrame frame) {
    Buffer data = frame.binaryData();
    int before = fragments == null ? 0 : fragments.length();
    if (before + data.length() > limits.messageBytes()) {
      refuse(Code.TOO_LARGE);
      return;
    }
    if (!frame.isFinal()) {
      fragments = fragments == null ? data.copy() : fragments.appendBuffer(data);
      return;
    }
    String text = fragments == null ? frame.textData() : fragments.appendBuffer(data).toString();
    fragments = null;
    lastHeard = nanoTime.getAsLong();
    onText.accept(text);
  }

  private void ping() {
    if (framesOnly) {
      var unused = socket.writePing(Buffer.buffer());
    } else {
      send(PING);
    }
  }

  /** Looks again when the next thing is due. */
  private void watch() {
    long now = nanoTime.getAsLong();
    long nextPing = lastPing + timings.heartbeat().toNanos();
    long silent = lastHeard + timings.heartbeatLost().toNanos();
    long stuck = queued == 0 ? silent : lastTaken + timings.heartbeatLost().toNanos();
    if (now - silent >= 0) {
      refuse(Code.HEARTBEAT_LOST);
      return;
    }
    if (now - stuck >= 0) {
      close(POLICY, Code.SLOW_READER);
      return;
    }
    if (now - nextPing >= 0) {
      lastPing = now;
      nextPing = now + timings.heartbeat().toNanos();
      ping();
    }
    if (!closed) {
      long due = Math.min(nextPing, Math.min(silent, stuck)) - now;
      timer = vertx.setTimer(Math.max(1, due / 1_000_000 + 1), again -> watch());
    }
  }
}
