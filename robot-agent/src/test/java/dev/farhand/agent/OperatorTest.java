package dev.farhand.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.farhand.agent.driver.DriverSpec;
import dev.farhand.agent.operator.ConnectionState;
import dev.farhand.agent.operator.JoinOptions;
import dev.farhand.agent.operator.Notice;
import dev.farhand.agent.operator.Operator;
import dev.farhand.agent.operator.OperatorException;
import dev.farhand.agent.operator.Status;
import dev.farhand.agent.webrtc.Image;
import dev.farhand.agent.webrtc.PeerPath;
import dev.farhand.agent.webrtc.WebRtc;
import dev.farhand.protocol.ChannelMessage.Cause;
import dev.farhand.protocol.ChannelMessage.Motion;
import dev.farhand.protocol.ChannelMessage.State;
import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage.Failed;
import dev.farhand.protocol.SignalMessage.Role;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An operator in a program, with a real agent, over a server that can lose both. */
@Timeout(60)
class OperatorTest {
  private static final WebRtc OPERATORS = WebRtc.start();

  private final RelayServer server = RelayServer.start();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final List<Status> statuses = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void messages_go_both_ways_and_telemetry_and_pictures_come() throws Exception {
    try (Robot robot = rover();
        Operator ann = join()) {
      BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
      ann.subscribe(messages::add);
      ann.ready().get(10, TimeUnit.SECONDS);
      assertThat(ann.role()).contains(Role.DRIVER);
      ann.send("hello").get(5, TimeUnit.SECONDS);
      ann.send(Map.of("data", 7)).get(5, TimeUnit.SECONDS);
      assertThat(next(heard)).isEqualTo("\"hello\"");
      assertThat(next(heard)).isEqualTo("{\"data\":7}");
      robot.send(List.of(1, "two"));
      assertThat(next(messages)).hasToString("[1,\"two\"]");
      Image picture = ann.nextPicture().get(10, TimeUnit.SECONDS);
      assertThat(picture.width()).isPositive();
      assertThat(Await.until(() -> ann.telemetry().isPresent())).isTrue();
      assertThat(ann.motion()).isPresent();
      assertThat(Await.until(() -> ann.path().isPresent())).isTrue();
      assertThat(ann.path().orElseThrow())
          .satisfies(path -> assertThat(path.relayed()).isFalse())
          .satisfies(path -> assertThat(path.protocol()).isEqualTo("udp"))
          .satisfies(path -> assertThat(path.localType()).isIn("host", "prflx"))
          .satisfies(path -> assertThat(path.sentence()).startsWith("direct, over UDP ("));
      BlockingQueue<PeerPath> paths = new LinkedBlockingQueue<>();
      ann.onPath(paths::add);
      assertThat(next(paths)).as("known before anybody asked").isNotNull();
    }
  }

  @Test
  void driving_moves_the_robot_while_it_is_asked_for_and_then_stops_it() throws Exception {
    try (Robot robot = rover();
        Operator ann = join()) {
      assertThat(robot).isNotNull();
      ann.ready().get(10, TimeUnit.SECONDS);
      assertThat(drives(ann, state -> state.motion() == Motion.MOVING)).isTrue();
      // Half a second after the last call it is neutral.
      assertThat(Await.until(() -> is(ann, state -> state.cause() == Cause.NEUTRAL))).isTrue();
      assertThat(ann.motion().orElseThrow().you()).isTrue();
    }
  }

  @Test
  void stop_is_confirmed_latches_and_is_ended_by_arm() throws Exception {
    try (Robot robot = rover();
        Operator ann = join()) {
      assertThat(robot).isNotNull();
      ann.ready().get(10, TimeUnit.SECONDS);
      assertThat(drives(ann, state -> state.motion() == Motion.MOVING)).isTrue();
      ann.stop().get(5, TimeUnit.SECONDS);
      assertThat(Await.until(() -> is(ann, state -> !state.armed()))).isTrue();
      assertThat(drives(ann, State::armed, 10)).as("STOP latches").isFalse();
      ann.arm(ann.motion().orElseThrow().stops()).get(5, TimeUnit.SECONDS);
      assertThat(drives(ann, state -> state.motion() == Motion.MOVING)).isTrue();
    }
  }

  @Test
  void a_viewer_may_not_arm_nor_send() throws Exception {
    server.gives(Role.VIEWER);
    try (Robot robot = rover();
        Operator vic = join()) {
      assertThat(robot).isNotNull();
      BlockingQueue<Notice> notices = new LinkedBlockingQueue<>();
      vic.onNotice(notices::add);
      vic.ready().get(10, TimeUnit.SECONDS);
      vic.stop().get(5, TimeUnit.SECONDS);
      assertThat(Await.until(() -> is(vic, state -> !state.armed()))).isTrue();
      assertThatThrownBy(() -> vic.arm(vic.motion().orElseThrow().stops()).join())
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOfSatisfying(
              OperatorException.class,
              refusal -> assertThat(refusal.code()).isEqualTo(Code.ROLE_FORBIDDEN.wire()));
      assertThat(next(notices).code()).isEqualTo(Code.ROLE_FORBIDDEN.wire());
      vic.send("forward").join();
      assertThat(next(notices).code()).isEqualTo(Code.ROLE_FORBIDDEN.wire());
      assertThat(heard).isEmpty();
    }
  }

  @Test
  void a_lost_line_does_not_end_the_session_and_it_is_resumed() throws Exception {
    try (Robot robot = rover();
        Operator ann = join()) {
      BlockingQueue<Notice> notices = new LinkedBlockingQueue<>();
      ann.onNotice(notices::add);
      ann.ready().get(10, TimeUnit.SECONDS);
      server.dropOperators();
      assertThat(next(notices).code()).isEqualTo("server-lost");
      ann.send("meanwhile").get(5, TimeUnit.SECONDS);
      assertThat(next(heard)).isEqualTo("\"meanwhile\"");
      assertThat(next(notices).code()).isEqualTo("server-back");
      assertThat(server.resumed()).isEqualTo(1);
      assertThat(server.joined()).isEqualTo(1);
      robot.send("still here");
      ann.send("after").get(5, TimeUnit.SECONDS);
      assertThat(next(heard)).isEqualTo("\"after\"");
      assertThat(statuses).noneMatch(status -> status.state() == ConnectionState.RECONNECTING);
    }
  }

  @Test
  void a_robot_that_restarts_is_joined_again() throws Exception {
    try (Robot robot = rover();
        Operator ann = join()) {
      assertThat(robot).isNotNull();
      ann.ready().get(10, TimeUnit.SECONDS);
      server.closeSession(Code.AGENT_RESTARTING);
      assertThat(Await.until(() -> server.joined() == 2)).isTrue();
      assertThat(Await.until(() -> ann.status().state() == ConnectionState.CONNECTED)).isTrue();
      ann.send("again").get(5, TimeUnit.SECONDS);
      assertThat(next(heard)).isEqualTo("\"again\"");
      assertThat(statuses)
          .anyMatch(status -> Code.AGENT_RESTARTING.wire().equals(status.code()))
          .extracting(Status::state)
          .containsSubsequence(
              ConnectionState.CONNECTED, ConnectionState.RECONNECTING, ConnectionState.CONNECTED);
    }
  }

  @Test
  void what_only_a_person_can_mend_ends_it() throws Exception {
    try (Robot robot = rover();
        Operator ann = join()) {
      assertThat(robot).isNotNull();
      ann.ready().get(10, TimeUnit.SECONDS);
      server.tell(new Failed(Code.TOKEN_EXPIRED, Code.TOKEN_EXPIRED.sentence()));
      Status end = ann.closed().get(5, TimeUnit.SECONDS);
      assertThat(end.code()).isEqualTo(Code.TOKEN_EXPIRED.wire());
      assertThat(end.reason()).isEqualTo(Code.TOKEN_EXPIRED.sentence());
      assertThatThrownBy(() -> ann.send("too late").join())
          .hasCauseInstanceOf(OperatorException.class);
      assertThatThrownBy(() -> ann.nextPicture().join())
          .hasCauseInstanceOf(OperatorException.class);
    }
  }

  @Test
  void a_robot_that_is_away_is_told_at_once_or_waited_for() throws Exception {
    try (Operator impatient = join();
        Operator ann = joined(options().withWaiting(true))) {
      assertThatThrownBy(() -> impatient.ready().get(5, TimeUnit.SECONDS))
          .cause()
          .isInstanceOfSatisfying(
              OperatorException.class,
              away -> assertThat(away.code()).isEqualTo(Code.ROBOT_AWAY.wire()));
      assertThat(Await.until(() -> ann.status().state() == ConnectionState.WAITING)).isTrue();
      try (Robot robot = rover()) {
        assertThat(robot).isNotNull();
        ann.ready().get(10, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void the_token_goes_along_and_a_wrong_one_is_told() throws Exception {
    server.admits(join -> "secret".equals(join.token()));
    try (Robot robot = rover();
        Operator wrong = join();
        Operator right = joined(options().withToken("secret"))) {
      assertThat(robot).isNotNull();
      right.ready().get(10, TimeUnit.SECONDS);
      assertThat(wrong.closed().get(5, TimeUnit.SECONDS).code())
          .isEqualTo(Code.TOKEN_INVALID.wire());
    }
  }

  @Test
  void a_server_that_is_not_there_is_told_or_waited_for() throws Exception {
    JoinOptions nowhere = JoinOptions.of("ws://127.0.0.1:9", "rover1");
    try (Operator ann = joined(nowhere);
        Operator patient = joined(nowhere.withWaiting(true))) {
      assertThat(ann.closed().get(10, TimeUnit.SECONDS).code()).isEqualTo("server-unreachable");
      assertThat(Await.until(() -> "server-unreachable".equals(patient.status().code()))).isTrue();
      assertThat(patient.status().state()).isEqualTo(ConnectionState.CONNECTING);
    }
  }

  @Test
  void a_robot_of_rtcbots_kind_gets_one_complete_offer_and_needs_no_server_after_it()
      throws Exception {
    server.isPlain();
    try (Robot robot = rover();
        Operator ann = join()) {
      BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
      ann.subscribe(messages::add);
      ann.ready().get(15, TimeUnit.SECONDS);
      server.dropOperators();
      ann.send("hello").get(5, TimeUnit.SECONDS);
      assertThat(next(heard)).isEqualTo("\"hello\"");
      robot.send("and back");
      assertThat(next(messages).asText()).isEqualTo("and back");
      assertThat(ann.nextPicture().get(10, TimeUnit.SECONDS).width()).isPositive();
      assertThat(ann.motion()).as("there is no channel for it").isEmpty();
      assertThat(server.resumed()).isZero();
      assertThat(ann.status().state()).isEqualTo(ConnectionState.CONNECTED);
    }
  }

  @Test
  void messages_large_and_small_arrive_whole_and_in_order() throws Exception {
    try (Robot robot = rover();
        Operator ann = join()) {
      ann.ready().get(15, TimeUnit.SECONDS);
      List<String> sent =
          List.of("before", "x".repeat(16_382), "between", "\uD83E\uDD16é".repeat(2700), "after");
      CompletableFuture<?>[] all = sent.stream().map(ann::send).toArray(CompletableFuture[]::new);
      for (String text : sent) {
        assertThat(next(heard)).isEqualTo('"' + text + '"');
      }
      CompletableFuture.allOf(all).get(5, TimeUnit.SECONDS);
      assertThat(robot.registered()).isDone();
    }
  }

  @Test
  void a_message_that_is_too_large_is_refused_here() throws Exception {
    try (Operator ann = join()) {
      assertThatThrownBy(() -> ann.send("x".repeat(17_000)).join())
          .cause()
          .isInstanceOfSatisfying(
              OperatorException.class,
              refusal -> assertThat(refusal.code()).isEqualTo(Code.TOO_LARGE.wire()));
    }
  }

  private Robot rover() throws Exception {
    Robot robot =
        Robot.builder()
            .server(server.uri().toString())
            .id("rover1")
            .driver(
                DriverSpec.builtIn(
                    "sim", JsonNodeFactory.instance.objectNode(), Duration.ofMillis(300)))
            .camera(new MovingCamera())
            .onMessage((operator, message) -> heard.add(message.toString()))
            .start();
    robot.registered().get(10, TimeUnit.SECONDS);
    return robot;
  }

  private JoinOptions options() {
    return JoinOptions.of(server.uri().toString(), "rover1");
  }

  private Operator join() {
    return joined(options());
  }

  private Operator joined(JoinOptions options) {
    Operator operator = Operator.join(options, OPERATORS);
    operator.onState(statuses::add);
    return operator;
  }

  private static boolean drives(Operator ann, Predicate<State> until) throws Exception {
    return drives(ann, until, 1000);
  }

  /**
   * Asks for motion, again and again, until the robot says so or it was said so many times. Lets go
   * when the robot waits for that, as it does after a hiccup of a busy machine.
   */
  private static boolean drives(Operator ann, Predicate<State> until, int times) throws Exception {
    assertThat(Await.until(() -> is(ann, state -> state.cause() != Cause.DRIVER_DOWN))).isTrue();
    int[] said = {0};
    return Await.until(
            () -> {
              ann.drive(is(ann, state -> state.cause() == Cause.RELEASE_FIRST) ? 0 : 0.5, 0);
              return is(ann, until) || ++said[0] >= times;
            })
        && said[0] < times;
  }

  private static boolean is(Operator ann, Predicate<State> wanted) {
    return ann.motion().filter(wanted).isPresent();
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T value = queue.poll(10, TimeUnit.SECONDS);
    assertThat(value).isNotNull();
    return value;
  }
}
