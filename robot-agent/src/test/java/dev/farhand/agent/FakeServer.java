package dev.farhand.agent;

import dev.farhand.agent.webrtc.TestOperator;
import dev.farhand.agent.webrtc.WebRtc;
import dev.farhand.protocol.JsonCodec;
import dev.farhand.protocol.SignalMessage;
import dev.farhand.protocol.SignalMessage.Candidate;
import dev.farhand.protocol.SignalMessage.Describe;
import dev.farhand.protocol.SignalMessage.IceServer;
import dev.farhand.protocol.SignalMessage.Opened;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Register;
import dev.farhand.protocol.SignalMessage.Registered;
import dev.farhand.protocol.SignalMessage.Role;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.PfxOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The signaling server's side of one robot's line, on a real socket; a test plays the rest. */
final class FakeServer implements AutoCloseable {
  private final JsonCodec<SignalMessage> codec = new JsonCodec<>(SignalMessage.class);
  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<SignalMessage> received = new LinkedBlockingQueue<>();
  private final Map<String, TestOperator> operators = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable ServerWebSocket> robot = new AtomicReference<>();
  private final AtomicReference<@Nullable String> first = new AtomicReference<>();
  private final AtomicInteger epochs = new AtomicInteger();
  private final AtomicInteger sessions = new AtomicInteger();
  private final Function<Register, SignalMessage> answer;
  private final HttpServer server;
  private final boolean secure;

  /** Registers everyone. */
  static FakeServer start() {
    return new FakeServer(new HttpServerOptions(), null);
  }

  /** The same on this port. */
  static FakeServer startAt(int port) {
    return new FakeServer(new HttpServerOptions().setPort(port), null);
  }

  /** Answers each registration with this. */
  static FakeServer answering(SignalMessage message) {
    return new FakeServer(new HttpServerOptions(), message);
  }

  /** Registers everyone, over TLS with the one key in this PKCS 12 file. */
  static FakeServer startTls(Path store, String password) {
    return new FakeServer(
        new HttpServerOptions()
            .setSsl(true)
            .setKeyCertOptions(new PfxOptions().setPath(store.toString()).setPassword(password)),
        null);
  }

  private FakeServer(HttpServerOptions options, @Nullable SignalMessage message) {
    secure = options.isSsl();
    answer =
        register ->
            message == null
                ? new Registered(register.robotId(), epochs.incrementAndGet())
                : message;
    server =
        vertx
            .createHttpServer(withPort(options).setHost("127.0.0.1"))
            .webSocketHandler(this::accept)
            .requestHandler(request -> request.response().putHeader("date", now()).end())
            .listen()
            .await();
  }

  private static HttpServerOptions withPort(HttpServerOptions options) {
    return options.getPort() == HttpServerOptions.DEFAULT_PORT ? options.setPort(0) : options;
  }

  private static String now() {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
  }

  /** From now on each registration is followed at once by this session. */
  void openOnRegistration(String sessionId) {
    first.set(sessionId);
  }

  URI uri() {
    return URI.create((secure ? "wss" : "ws") + "://127.0.0.1:" + server.actualPort());
  }

  int port() {
    return server.actualPort();
  }

  /** The next message of this kind; others before it are dropped. */
  <M extends SignalMessage> Optional<M> next(Class<M> kind) throws InterruptedException {
    for (int i = 0; i < 1000; i++) {
      SignalMessage message = received.poll(15, TimeUnit.SECONDS);
      if (message == null) {
        return Optional.empty();
      }
      if (kind.isInstance(message)) {
        return Optional.of(kind.cast(message));
      }
    }
    return Optional.empty();
  }

  /** An operator joins; the robot hears of it. */
  TestOperator join(WebRtc webRtc, Role role, boolean trickle) {
    return join(webRtc, role, trickle, List.of());
  }

  /** The same with STUN and TURN servers for the robot. */
  TestOperator join(WebRtc webRtc, Role role, boolean trickle, List<IceServer> iceServers) {
    String id = "s-" + sessions.incrementAndGet();
    TestOperator operator = new TestOperator(webRtc, id, this::send);
    operators.put(id, operator);
    send(opened(id, role, trickle, iceServers));
    return operator;
  }

  static Opened opened(String id, Role role, boolean trickle) {
    return opened(id, role, trickle, List.of());
  }

  private static Opened opened(String id, Role role, boolean trickle, List<IceServer> iceServers) {
    return opened(id, "ann", role, trickle, iceServers);
  }

  /** Somebody of another name than usual. */
  static Opened opened(String id, String name, Role role) {
    return opened(id, name, role, true, List.of());
  }

  private static Opened opened(
      String id, String name, Role role, boolean trickle, List<IceServer> iceServers) {
    return new Opened(id, new Operator("o-" + id, name), role, iceServers, trickle, "key-" + id);
  }

  void send(SignalMessage message) {
    ServerWebSocket socket = robot.get();
    if (socket != null) {
      socket.writeTextMessage(codec.encode(message));
    }
  }

  /** Ends the robot's socket without a word. */
  void drop() {
    ServerWebSocket socket = robot.get();
    if (socket != null) {
      socket.close();
    }
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private void accept(ServerWebSocket socket) {
    if (!socket.path().equals("/signal")) {
      socket.close();
      return;
    }
    socket.textMessageHandler(text -> received(socket, codec.decode(text)));
  }

  private void received(ServerWebSocket socket, SignalMessage message) {
    if (message instanceof Register register) {
      robot.set(socket);
      socket.writeTextMessage(codec.encode(answer.apply(register)));
      String sessionId = first.get();
      if (sessionId != null) {
        send(opened(sessionId, Role.DRIVER, true));
      }
    } else if (message instanceof Describe describe) {
      route(describe.sessionId(), message);
    } else if (message instanceof Candidate candidate) {
      route(candidate.sessionId(), message);
    }
    received.add(message);
  }

  private void route(String sessionId, SignalMessage message) {
    TestOperator operator = operators.get(sessionId);
    if (operator != null) {
      operator.signaled(message);
    }
  }
}
