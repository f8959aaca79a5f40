package dev.farhand.agent;

import dev.farhand.protocol.Code;
import dev.farhand.protocol.JsonCodec;
import dev.farhand.protocol.SignalMessage;
import dev.farhand.protocol.SignalMessage.Candidate;
import dev.farhand.protocol.SignalMessage.Closed;
import dev.farhand.protocol.SignalMessage.Describe;
import dev.farhand.protocol.SignalMessage.Failed;
import dev.farhand.protocol.SignalMessage.Join;
import dev.farhand.protocol.SignalMessage.Joined;
import dev.farhand.protocol.SignalMessage.Leave;
import dev.farhand.protocol.SignalMessage.Media;
import dev.farhand.protocol.SignalMessage.Opened;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Ping;
import dev.farhand.protocol.SignalMessage.Pong;
import dev.farhand.protocol.SignalMessage.Presence;
import dev.farhand.protocol.SignalMessage.Register;
import dev.farhand.protocol.SignalMessage.Registered;
import dev.farhand.protocol.SignalMessage.Resume;
import dev.farhand.protocol.SignalMessage.Resumed;
import dev.farhand.protocol.SignalMessage.Role;
import dev.farhand.protocol.SignalMessage.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The signaling server between one robot and its operators, on real sockets: enough of it for
 * operators to come, to be lost and to come back. What it says is decided on its event loop.
 */
final class RelayServer implements AutoCloseable {
  private static final List<Media> CAMERA = List.of(new Media("camera", Media.Kind.VIDEO));

  private final JsonCodec<SignalMessage> codec = new JsonCodec<>(SignalMessage.class);
  private final Vertx vertx = Vertx.vertx();
  private final Map<String, ServerWebSocket> operators = new ConcurrentHashMap<>();
  private final AtomicInteger sessions = new AtomicInteger();
  private final BlockingQueue<Leave> robotsLeaves = new LinkedBlockingQueue<>();
  private final AtomicInteger resumed = new AtomicInteger();
  private final HttpServer server;
  private volatile @Nullable ServerWebSocket robot;
  private volatile @Nullable ServerWebSocket waiting;
  private volatile Role role = Role.DRIVER;
  private volatile Operator next = new Operator("o-ann", "ann");
  private volatile boolean trickle = true;
  private volatile Predicate<Join> admits = join -> true;

  private RelayServer() {
    server =
        vertx
            .createHttpServer()
            .webSocketHandler(
                socket -> socket.textMessageHandler(text -> received(socket, codec.decode(text))))
            .listen(0, "127.0.0.1")
            .await();
  }

  static RelayServer start() {
    return new RelayServer();
  }

  URI uri() {
    return URI.create("ws://127.0.0.1:" + server.actualPort());
  }

  /** What those who join from now on may do. */
  void gives(Role given) {
    role = given;
  }

  /** Who joins from now on. */
  void expects(String name) {
    next = new Operator("o-" + name, name);
  }

  /** From now on robots look like programs of RTCBot's: complete descriptions, sound, no resume. */
  void isPlain() {
    trickle = false;
  }

  /** Who may join; the others hear that their token is not valid. */
  void admits(Predicate<Join> those) {
    admits = those;
  }

  int joined() {
    return sessions.get();
  }

  int resumed() {
    return resumed.get();
  }

  /** Ends the operators' sockets without a word. */
  void dropOperators() {
    operators.values().forEach(ServerWebSocket::close);
  }

  /** The next session that the robot ends, and why. */
  Optional<Leave> nextLeaveOfTheRobot() throws InterruptedException {
    return Optional.ofNullable(robotsLeaves.poll(40, TimeUnit.SECONDS));
  }

  /** Says to the operator's side of the newest session that it is over. */
  void closeSession(Code code) {
    String id = "s-" + sessions.get();
    ServerWebSocket operator = operators.get(id);
    if (operator != null) {
      say(operator, new Closed(id, code, code.sentence()));
    }
    say(robot, new Closed(id, code, code.sentence()));
  }

  /** Says it to all operators. */
  void tell(SignalMessage message) {
    operators.values().forEach(operator -> say(operator, message));
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private void received(ServerWebSocket from, SignalMessage message) {
    if (message instanceof Register register) {
      robot = from;
      say(from, new Registered(register.robotId(), 1));
      ServerWebSocket waiter = waiting;
      if (waiter != null) {
        waiting = null;
        open(waiter);
      }
    } else if (message instanceof Join join) {
      join(from, join);
    } else if (message instanceof Resume resume) {
      boolean robots = from == robot;
      if (!robots) {
        operators.put(resume.sessionId(), from);
        resumed.incrementAndGet();
      }
      say(
          from,
          new Resumed(resume.sessionId(), role, robots ? List.of() : CAMERA, List.of(), "next"));
    } else if (message instanceof Ping) {
      say(from, new Pong());
    } else if (message instanceof Describe describe) {
      pass(from, describe.sessionId(), message);
    } else if (message instanceof Candidate candidate) {
      pass(from, candidate.sessionId(), message);
    } else if (message instanceof Leave leave) {
      if (from == robot) {
        robotsLeaves.add(leave);
      }
      Code code = leave.code() == null ? Code.OPERATOR_LEFT : leave.code();
      pass(from, leave.sessionId(), new Closed(leave.sessionId(), code, code.sentence()));
    }
  }

  private void join(ServerWebSocket from, Join join) {
    if (!admits.test(join)) {
      say(from, new Failed(Code.TOKEN_INVALID, Code.TOKEN_INVALID.sentence()));
      from.close();
    } else if (robot != null) {
      open(from);
    } else if (join.waits()) {
      waiting = from;
      say(from, new Waiting(join.robotId()));
    } else {
      say(from, new Failed(Code.ROBOT_AWAY, Code.ROBOT_AWAY.sentence()));
      from.close();
    }
  }

  private void open(ServerWebSocket operator) {
    String id = "s-" + sessions.incrementAndGet();
    operators.put(id, operator);
    operator.closeHandler(
        closed -> {
          if (operators.get(id) == operator) {
            say(robot, new Presence(id, false));
          }
        });
    say(robot, new Opened(id, next, role, List.of(), trickle, "key"));
    List<Media> media =
        trickle ? CAMERA : List.of(CAMERA.get(0), new Media("microphone", Media.Kind.AUDIO));
    say(operator, new Joined(id, role, media, List.of(), trickle, "key"));
  }

  private void pass(ServerWebSocket from, String sessionId, SignalMessage message) {
    say(from == robot ? operators.get(sessionId) : robot, message);
  }

  private void say(@Nullable ServerWebSocket to, SignalMessage message) {
    if (to != null && !to.isClosed()) {
      to.writeTextMessage(codec.encode(message));
    }
  }
}
