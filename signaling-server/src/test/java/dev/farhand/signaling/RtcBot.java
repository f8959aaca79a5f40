package dev.farhand.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One socket of an RTCBot robot, as a test plays it: it hears an offer and says what it is told.
 */
final class RtcBot implements AutoCloseable {
  static final String OFFER = "v=0 offer";
  static final String ANSWER = "v=0 answer";
  private static final int SECONDS = 20;

  private final ClientWebSocket socket;
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final CompletableFuture<String> end = new CompletableFuture<>();
  private final Promise<Void> taken = Promise.promise();

  private RtcBot(ClientWebSocket socket) {
    this.socket = socket;
    socket.textMessageHandler(heard::add);
    socket.exceptionHandler(fault -> {});
    socket.pongHandler(pong -> taken.tryComplete());
    socket.closeHandler(
        gone -> {
          end.complete(socket.closeStatusCode() + " " + socket.closeReason());
          taken.tryComplete();
        });
  }

  /** Complete when the server, which answers a ping after the handshake, has taken it in. */
  static CompletableFuture<RtcBot> connect(
      WebSocketClient client, WebSocketConnectOptions options, String robotIdAndQuery) {
    options.setHost("127.0.0.1").setURI("/rtcbot/" + robotIdAndQuery);
    // An offer may come together with the handshake's end: the handlers have to be there before.
    RtcBot robot = new RtcBot(client.webSocket());
    return robot
        .socket
        .connect(options)
        .compose(RtcBot::ask)
        .compose(asked -> robot.taken.future())
        .map(robot)
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(SECONDS, TimeUnit.SECONDS);
  }

  /** Its ping fails, or throws, for one that was told to go meanwhile, whose end is as good. */
  private static Future<Void> ask(WebSocket socket) {
    return Future.<Void>succeededFuture()
        .compose(begun -> socket.writePing(Buffer.buffer("here?")))
        .otherwiseEmpty();
  }

  static String description(String type, String sdp) {
    return new JsonObject().put("type", type).put("sdp", sdp).encode();
  }

  /** The next message, which has to be an offer; its SDP. */
  String offer() {
    try {
      String text = heard.poll(SECONDS, TimeUnit.SECONDS);
      assertThat(text).as("an offer; closed: " + end.getNow("no")).isNotNull();
      JsonObject offer = new JsonObject(text);
      assertThat(offer.getString("type")).isEqualTo("offer");
      assertThat(offer.fieldNames()).containsExactlyInAnyOrder("type", "sdp");
      return offer.getString("sdp");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  boolean hasHeard() {
    return !heard.isEmpty();
  }

  void answer(String sdp) {
    say(description("answer", sdp));
  }

  /** Answers the offer that comes, and goes. */
  void serve() {
    answer("v=0 answer to " + offer());
    assertThat(expectClose()).isEqualTo("1000 null");
  }

  void say(String text) {
    socket.writeTextMessage(text);
  }

  void sayBytes(byte[] bytes) {
    socket.writeBinaryMessage(Buffer.buffer(bytes));
  }

  WebSocket socket() {
    return socket;
  }

  boolean isClosed() {
    return end.isDone();
  }

  /** The close frame's status and reason. */
  String expectClose() {
    try {
      return end.get(SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("The socket was not closed; heard " + heard, e);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
