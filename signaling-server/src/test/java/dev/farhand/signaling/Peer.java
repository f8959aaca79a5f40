package dev.farhand.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.protocol.Code;
import dev.farhand.protocol.JsonCodec;
import dev.farhand.protocol.SignalMessage;
import dev.farhand.protocol.SignalMessage.Closed;
import dev.farhand.protocol.SignalMessage.Description;
import dev.farhand.protocol.SignalMessage.Failed;
import dev.farhand.protocol.SignalMessage.IceCandidate;
import dev.farhand.protocol.SignalMessage.Join;
import dev.farhand.protocol.SignalMessage.Media;
import dev.farhand.protocol.SignalMessage.Ping;
import dev.farhand.protocol.SignalMessage.Pong;
import dev.farhand.protocol.SignalMessage.Register;
import dev.farhand.protocol.SignalMessage.Registered;
import dev.farhand.protocol.SignalMessage.Resume;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A robot or an operator as a test plays it: real socket, real codec, answers pings. */
final class Peer implements AutoCloseable {
  static final List<Media> CAMERA = List.of(new Media("camera", Media.Kind.VIDEO));
  private static final JsonCodec<SignalMessage> CODEC = new JsonCodec<>(SignalMessage.class);
  private static final int SECONDS = 10;

  private final WebSocket socket;
  private final BlockingQueue<SignalMessage> heard = new LinkedBlockingQueue<>();
  private final Queue<CompletableFuture<Void>> pongs = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<String> end = new CompletableFuture<>();

  private Peer(WebSocket socket) {
    this.socket = socket;
    socket.textMessageHandler(this::hear);
    socket.exceptionHandler(fault -> {});
    socket.closeHandler(
        gone -> end.complete(socket.closeStatusCode() + " " + socket.closeReason()));
  }

  static Peer connect(WebSocketClient client, WebSocketConnectOptions options) {
    options.setHost("127.0.0.1").setURI("/signal");
    CompletableFuture<Peer> peer = new CompletableFuture<>();
    // The handlers have to be there before the loop reads on.
    client
        .connect(options)
        .map(Peer::new)
        .onComplete(
            done -> {
              if (done.succeeded()) {
                peer.complete(done.result());
              } else {
                peer.completeExceptionally(done.cause());
              }
            });
    return peer.join();
  }

  /** Registers a robot and hears its epoch. */
  long register(String robotId, @Nullable String token, String... sessions) {
    return register(robotId, token, "instance-1", List.of(sessions));
  }

  /** Registers as that process of an agent. */
  long registerAs(String robotId, String instance, String... sessions) {
    return register(robotId, null, instance, List.of(sessions));
  }

  private long register(
      String robotId, @Nullable String token, String instance, List<String> sessions) {
    send(new Register(1, robotId, token, instance, 0, CAMERA, List.of("lease"), sessions));
    return expect(Registered.class).epoch();
  }

  void join(String robotId, @Nullable String token) {
    join(robotId, token, false);
  }

  void join(String robotId, @Nullable String token, boolean waits) {
    send(new Join(1, robotId, token, waits, "client-1"));
  }

  void resume(String sessionId, String key) {
    send(new Resume(1, sessionId, key));
  }

  void offer(String sessionId, int negotiation, String sdp) {
    describe(sessionId, negotiation, Description.Type.OFFER, sdp);
  }

  void answer(String sessionId, int negotiation, String sdp) {
    describe(sessionId, negotiation, Description.Type.ANSWER, sdp);
  }

  private void describe(String sessionId, int negotiation, Description.Type type, String sdp) {
    send(new SignalMessage.Describe(sessionId, negotiation, new Description(type, sdp)));
  }

  void candidate(String sessionId, int negotiation, String candidate) {
    send(
        new SignalMessage.Candidate(
            sessionId, negotiation, new IceCandidate(candidate, "0", 0, null)));
  }

  void send(SignalMessage message) {
    sendText(CODEC.encode(message));
  }

  void sendText(String text) {
    socket.writeTextMessage(text);
  }

  WebSocket socket() {
    return socket;
  }

  /** The next message, which has to be of that kind. */
  <T extends SignalMessage> T expect(Class<T> kind) {
    SignalMessage message = next();
    assertThat(message).isInstanceOf(kind);
    return kind.cast(message);
  }

  /** The next message, which has to refuse with that code, and the close that follows. */
  void expectRefusal(Code code) {
    assertThat(expect(Failed.class).code()).isEqualTo(code);
    assertThat(expectClose()).endsWith(" " + code.wire());
  }

  void expectClosed(String sessionId, Code code) {
    Closed closed = expect(Closed.class);
    assertThat(closed.sessionId()).isEqualTo(sessionId);
    assertThat(closed.code()).isEqualTo(code);
  }

  /** The close frame's status and reason. */
  String expectClose() {
    try {
      return end.get(SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("The socket was not closed; heard " + heard, e);
    }
  }

  boolean hasHeard() {
    return !heard.isEmpty();
  }

  /** Waits until the server has taken everything that was sent. */
  void settle() {
    assertThat(isWelcome()).as("whether the server answers").isTrue();
  }

  /** Whether the server answers a ping, rather than refusing this socket. */
  boolean isWelcome() {
    CompletableFuture<Void> answered = new CompletableFuture<>();
    pongs.add(answered);
    send(new Ping());
    try {
      CompletableFuture.anyOf(answered, end).get(SECONDS, TimeUnit.SECONDS);
      return answered.isDone();
    } catch (Exception e) {
      throw new AssertionError("The server neither answered a ping nor closed", e);
    }
  }

  boolean isClosed() {
    return end.isDone();
  }

  SignalMessage next() {
    try {
      SignalMessage message = heard.poll(SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("Nothing was heard; closed: " + end.getNow("no"));
      }
      return message;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void hear(String text) {
    SignalMessage message = CODEC.decode(text);
    if (message instanceof Ping) {
      send(new Pong());
    } else if (message instanceof Pong && !pongs.isEmpty()) {
      pongs.remove().complete(null);
    } else {
      heard.add(message);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
