package dev.farhand.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage.Closed;
import dev.farhand.protocol.SignalMessage.Describe;
import dev.farhand.protocol.SignalMessage.Description;
import dev.farhand.protocol.SignalMessage.Joined;
import dev.farhand.protocol.SignalMessage.Leave;
import dev.farhand.protocol.SignalMessage.Media;
import dev.farhand.protocol.SignalMessage.Role;
import dev.farhand.protocol.SignalMessage.Superseded;
import dev.farhand.protocol.SignalMessage.Waiting;
import dev.farhand.signaling.bounds.Limits;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Robots that speak RTCBot's protocol, and operators that join them. */
class RtcBotRobotTest {
  private static final Duration SOON = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(10);

  @RegisterExtension final Ground ground = new Ground();

  private SignalingServer impatient(Duration answer, Duration nextSocket) {
    return ground.start(
        new SettingsBuilder(ground.open()).timings(TestTimings.rtcBot(answer, nextSocket)).build());
  }

  private Peer join(SignalingServer server, boolean waits) {
    Peer operator = ground.peer(server);
    operator.join("rover1", null, waits);
    return operator;
  }

  /** An operator that offers, and hears the answer. */
  private static Joined connect(Peer operator, RtcBot robot) {
    Joined joined = operator.expect(Joined.class);
    operator.offer(joined.sessionId(), 7, RtcBot.OFFER);
    assertThat(robot.offer()).isEqualTo(RtcBot.OFFER);
    robot.answer(RtcBot.ANSWER);
    assertThat(operator.expect(Describe.class))
        .isEqualTo(
            new Describe(
                joined.sessionId(), 7, new Description(Description.Type.ANSWER, RtcBot.ANSWER)));
    assertThat(robot.expectClose()).isEqualTo("1000 null");
    return joined;
  }

  private static boolean isPresent(SignalingServer server) {
    try {
      HttpResponse<String> response =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create("http://127.0.0.1:" + server.port() + "/api/robots/rover1"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      return response.body().contains("\"present\":true");
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void isRefused(
      SignalingServer server,
      WebSocketConnectOptions options,
      String robotIdAndQuery,
      int status,
      Code code) {
    assertThatThrownBy(() -> ground.rtcBot(server, options, robotIdAndQuery))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            UpgradeRejectedException.class,
            refusal -> {
              assertThat(refusal.getStatus()).isEqualTo(status);
              assertThat(refusal.getBody().toString()).contains("\"" + code.wire() + "\"");
            });
  }

  private void isRefused(SignalingServer server, String robotIdAndQuery, int status, Code code) {
    isRefused(
        server,
        new WebSocketConnectOptions().setAllowOriginHeader(false),
        robotIdAndQuery,
        status,
        code);
  }

  @Test
  void operator_offers_once_and_is_answered() {
    SignalingServer server = ground.start(ground.open());
    RtcBot robot = ground.rtcBot(server, "rover1");
    assertThat(isPresent(server)).isTrue();
    Joined joined = connect(join(server, false), robot);
    assertThat(joined.trickle()).isFalse();
    assertThat(joined.media())
        .containsExactly(
            new Media("camera", Media.Kind.VIDEO), new Media("microphone", Media.Kind.AUDIO));
    // It is coming back.
    assertThat(isPresent(server)).isTrue();
  }

  @Test
  void candidates_reach_no_rtcbot_robot() {
    SignalingServer server = ground.start(ground.open());
    RtcBot robot = ground.rtcBot(server, "rover1");
    Peer operator = join(server, false);
    String session = operator.expect(Joined.class).sessionId();
    operator.candidate(session, 1, "early");
    operator.offer(session, 1, RtcBot.OFFER);
    operator.candidate(session, 1, "late");
    operator.settle();
    robot.serve();
    operator.expect(Describe.class);
    assertThat(robot.hasHeard()).isFalse();
  }

  @Test
  void next_operator_is_served_while_the_one_before_stays() {
    SignalingServer server =
        ground.start(new SettingsBuilder(ground.open()).limits(sessions(2)).build());
    Peer first = join(server, false);
    first.expectRefusal(Code.ROBOT_AWAY);
    first = join(server, true);
    first.expect(Waiting.class);
    connect(first, ground.rtcBot(server, "rover1"));
    Peer second = join(server, false);
    connect(second, ground.rtcBot(server, "rover1"));
    first.settle();
    assertThat(first.hasHeard()).isFalse();
    // Both are connected still, and a third is one too many.
    ground.rtcBot(server, "rover1");
    join(server, false).expectRefusal(Code.TOO_MANY_SESSIONS);
    first.close();
    Ground.eventually(() -> join(server, false).next() instanceof Joined);
  }

  private static Limits sessions(int most) {
    return new Limits(
        Limits.DEFAULTS.messageBytes(),
        Limits.DEFAULTS.messagesPerSecond(),
        Limits.DEFAULTS.robotMessagesPerSecond(),
        most,
        Limits.DEFAULTS.joinsAtOnce(),
        Limits.DEFAULTS.waitingPerRobot(),
        Limits.DEFAULTS.waiting(),
        Limits.DEFAULTS.socketsPerAddress(),
        Limits.DEFAULTS.connections(),
        Limits.DEFAULTS.queuedBytes());
  }

  @Test
  void second_offer_makes_the_operator_join_again() {
    SignalingServer server = ground.start(ground.open());
    Peer operator = join(server, true);
    operator.expect(Waiting.class);
    String session = connect(operator, ground.rtcBot(server, "rover1")).sessionId();
    operator.offer(session, 8, RtcBot.OFFER);
    operator.expectClosed(session, Code.PEER_FAILED);
    operator.join("rover1", null);
    connect(operator, ground.rtcBot(server, "rover1"));
  }

  @Test
  void session_is_not_resumed() {
    SignalingServer server = ground.start(ground.open());
    RtcBot robot = ground.rtcBot(server, "rover1");
    Peer operator = join(server, false);
    Joined joined = connect(operator, robot);
    Peer again = ground.peer(server);
    again.resume(joined.sessionId(), joined.resumeKey());
    again.expectClosed(joined.sessionId(), Code.NO_SUCH_SESSION);
    again.join("rover1", null);
    connect(again, ground.rtcBot(server, "rover1"));
    operator.settle();
    assertThat(operator.hasHeard()).isFalse();
  }

  @Test
  void operators_take_turns() {
    SignalingServer server = ground.start(ground.open());
    RtcBot robot = ground.rtcBot(server, "rover1");
    Peer first = join(server, false);
    Joined joined = first.expect(Joined.class);
    Peer second = join(server, false);
    Peer third = join(server, true);
    third.expect(Waiting.class);
    second.settle();
    assertThat(second.hasHeard()).isFalse();
    first.offer(joined.sessionId(), 1, RtcBot.OFFER);
    robot.serve();
    first.expect(Describe.class);
    // The two that wait are served by one socket each, whichever is first.
    for (int i = 0; i < 2; i++) {
      RtcBot next = ground.rtcBot(server, "rover1");
      Ground.eventually(() -> second.hasHeard() || third.hasHeard());
      connect(second.hasHeard() ? second : third, next);
    }
  }

  @Test
  void operator_that_leaves_before_it_offers_gives_its_turn_to_the_next() {
    SignalingServer server = ground.start(ground.open());
    RtcBot robot = ground.rtcBot(server, "rover1");
    Peer leaves = join(server, false);
    String session = leaves.expect(Joined.class).sessionId();
    Peer closes = join(server, true);
    closes.expect(Waiting.class);
    leaves.send(new Leave(session, null, null));
    closes.expect(Joined.class);
    Peer next = join(server, true);
    next.expect(Waiting.class);
    closes.close();
    connect(next, robot);
  }

  @Test
  void operator_that_never_offers_loses_its_turn() {
    SignalingServer server = impatient(SOON, LONG);
    RtcBot robot = ground.rtcBot(server, "rover1");
    Peer idle = join(server, false);
    String session = idle.expect(Joined.class).sessionId();
    Peer next = join(server, true);
    next.expect(Waiting.class);
    idle.expectClosed(session, Code.PEER_FAILED);
    connect(next, robot);
  }

  @Test
  void operator_that_does_not_wait_is_told_when_its_turn_does_not_come() {
    SignalingServer server = impatient(SOON, LONG);
    RtcBot robot = ground.rtcBot(server, "rover1");
    Peer first = join(server, false);
    connect(first, robot);
    join(server, false).expectRefusal(Code.ROBOT_SILENT);
  }

  @Test
  void operators_hear_that_a_robot_does_not_come_back() {
    SignalingServer server = impatient(LONG, SOON);
    Peer patient = join(server, true);
    patient.expect(Waiting.class);
    connect(patient, ground.rtcBot(server, "rover1"));
    Peer impatient = join(server, false);
    Peer waits = join(server, true);
    waits.expect(Waiting.class);
    impatient.expectRefusal(Code.ROBOT_AWAY);
    assertThat(isPresent(server)).isFalse();
    connect(waits, ground.rtcBot(server, "rover1"));
    patient.settle();
    assertThat(patient.hasHeard()).isFalse();
  }

  @Test
  void silent_robot_closes_the_session_and_loses_its_socket() {
    SignalingServer server = impatient(SOON, LONG);
    RtcBot robot = ground.rtcBot(server, "rover1");
    Peer operator = join(server, false);
    String session = operator.expect(Joined.class).sessionId();
    operator.offer(session, 1, RtcBot.OFFER);
    operator.expectClosed(session, Code.ROBOT_SILENT);
    assertThat(robot.expectClose()).isEqualTo("1008 robot-silent");
    operator.join("rover1", null);
    connect(operator, ground.rtcBot(server, "rover1"));
  }

  @Test
  void robot_whose_answer_is_none_closes_the_session() {
    SignalingServer server = ground.start(ground.open());
    RtcBot robot = ground.rtcBot(server, "rover1");
    Peer operator = join(server, false);
    String session = operator.expect(Joined.class).sessionId();
    operator.offer(session, 1, RtcBot.OFFER);
    robot.offer();
    robot.say("rubbish");
    operator.expectClosed(session, Code.PEER_FAILED);
    assertThat(robot.expectClose()).isEqualTo("1008 bad-description");
    operator.join("rover1", null);
    connect(operator, ground.rtcBot(server, "rover1"));
  }

  @Test
  void offer_that_is_no_offer_does_not_cost_the_robot_its_socket() {
    SignalingServer server = ground.start(ground.open());
    RtcBot robot = ground.rtcBot(server, "rover1");
    Peer operator = join(server, false);
    String session = operator.expect(Joined.class).sessionId();
    operator.sendText(
        "{\"type\":\"describe\",\"sessionId\":\""
            + session
            + "\",\"negotiation\":1,\"description\":{\"type\":\"offer\"}}");
    operator.expectClosed(session, Code.BAD_DESCRIPTION);
    operator.join("rover1", null);
    session = operator.expect(Joined.class).sessionId();
    operator.offer(session, 1, "rubbish");
    operator.expectClosed(session, Code.BAD_DESCRIPTION);
    operator.join("rover1", null);
    connect(operator, robot);
  }

  @Test
  void robot_that_breaks_off_closes_the_session() {
    SignalingServer server = ground.start(ground.open());
    RtcBot robot = ground.rtcBot(server, "rover1");
    Peer before = join(server, false);
    String session = before.expect(Joined.class).sessionId();
    robot.close();
    before.expectClosed(session, Code.PEER_FAILED);
    Ground.eventually(() -> !isPresent(server));
  }

  @Test
  void newer_program_supersedes_the_older() {
    SignalingServer server = ground.start(ground.open());
    RtcBot older = ground.rtcBot(server, "rover1");
    RtcBot newer = ground.rtcBot(server, "rover1");
    assertThat(older.expectClose()).isEqualTo("1000 superseded");
    connect(join(server, false), newer);
  }

  @Test
  void program_supersedes_an_agent_and_an_agent_a_program() {
    SignalingServer server = ground.start(ground.open());
    Pair pair = Pair.on(ground, server, "rover1");
    RtcBot program = ground.rtcBot(server, "rover1");
    assertThat(pair.robot().expect(Superseded.class).instance()).isNotEqualTo("instance-1");
    pair.operator().expectClosed(pair.session(), Code.ROBOT_RESTARTED);
    pair.operator().join("rover1", null);
    connect(pair.operator(), program);

    Pair next = Pair.on(ground, server, "rover1");
    next.exchange();
    assertThat(pair.operator().expect(Closed.class).code()).isEqualTo(Code.ROBOT_RESTARTED);
    RtcBot again = ground.rtcBot(server, "rover1");
    next.robot().expect(Superseded.class);
    ground.peer(server).register("rover1", null);
    assertThat(again.expectClose()).isEqualTo("1000 superseded");
  }

  @Test
  void programs_do_not_push_each_other_out_for_ever() {
    TestClock clock = new TestClock();
    SignalingServer server = ground.start(ground.open(), clock);
    RtcBot holder = ground.rtcBot(server, "rover1");
    for (int i = 0; i < 3; i++) {
      RtcBot newer = ground.rtcBot(server, "rover1");
      holder.expectClose();
      holder = newer;
    }
    isRefused(server, "rover1", 409, Code.ROBOT_CONFLICT);
    // Only this ID, only while somebody has it, and only RTCBot's programs.
    ground.rtcBot(server, "rover2");
    connect(join(server, false), holder);
    holder = ground.rtcBot(server, "rover1");
    isRefused(server, "rover1", 409, Code.ROBOT_CONFLICT);
    Peer agent = ground.peer(server);
    agent.register("rover1", null);
    assertThat(holder.expectClose()).isEqualTo("1000 superseded");
    isRefused(server, "rover1", 409, Code.ROBOT_CONFLICT);
    clock.forward(Duration.ofMinutes(1));
    ground.rtcBot(server, "rover1");
    agent.expect(Superseded.class);
  }

  @Test
  void robot_that_has_gone_leaves_nobody_in_conflict() {
    SignalingServer server = ground.start(ground.open());
    RtcBot holder = ground.rtcBot(server, "rover1");
    for (int i = 0; i < 3; i++) {
      holder = ground.rtcBot(server, "rover1");
    }
    holder.close();
    Ground.eventually(() -> !isPresent(server));
    RtcBot next = ground.rtcBot(server, "rover1");
    connect(join(server, false), next);
  }

  @Test
  void socket_that_answers_pings_lives_and_one_that_does_not_is_dead() throws IOException {
    SignalingServer server =
        ground.start(
            new SettingsBuilder(ground.open())
                .timings(TestTimings.heartbeat(Duration.ofMillis(50), Duration.ofSeconds(2)))
                .build());
    RtcBot living = ground.rtcBot(server, "rover1");
    try (RawPeer dead = new RawPeer(server.port(), "/rtcbot/rover2")) {
      String last = dead.readToEnd();
      assertThat(last).contains("heartbeat-lost").doesNotContain("{");
      // A ping frame without content, as many as came before it was given up.
      assertThat(last).contains("\u0089\u0000");
    }
    assertThat(living.isClosed()).isFalse();
    assertThat(living.hasHeard()).isFalse();
    living.socket().writePing(Buffer.buffer("robot"));
    Peer operator = ground.peer(server);
    operator.join("rover1", null);
    connect(operator, living);
  }

  @Test
  void first_word_is_the_servers() {
    SignalingServer server = ground.start(ground.open());
    RtcBot early = ground.rtcBot(server, "rover1");
    early.answer(RtcBot.ANSWER);
    assertThat(early.expectClose()).isEqualTo("1008 unexpected-message");
    RtcBot taken = ground.rtcBot(server, "rover1");
    Peer operator = join(server, false);
    String session = operator.expect(Joined.class).sessionId();
    taken.answer(RtcBot.ANSWER);
    assertThat(taken.expectClose()).isEqualTo("1008 unexpected-message");
    operator.expectClosed(session, Code.PEER_FAILED);
  }

  @Test
  void binary_frames_and_large_ones_are_refused_without_a_word() {
    SignalingServer server = ground.start(ground.open());
    RtcBot binary = ground.rtcBot(server, "rover1");
    binary.sayBytes(new byte[10]);
    assertThat(binary.expectClose()).isEqualTo("1008 bad-message");
    RtcBot large = ground.rtcBot(server, "rover1");
    large.say("x".repeat(1 << 20));
    assertThat(large.expectClose()).isEqualTo("1009 too-large");
    assertThat(binary.hasHeard() || large.hasHeard()).isFalse();
    Ground.eventually(() -> !isPresent(server));
  }

  @Test
  void tokens_decide_who_is_the_robot() {
    SignalingServer server = ground.start(ground.closed());
    isRefused(server, "rover1", 401, Code.TOKEN_MISSING);
    isRefused(server, "rover1?token=x", 401, Code.TOKEN_INVALID);
    isRefused(
        server,
        "rover1?token=" + ground.token(Role.ROBOT, "rover1", "t", Instant.now().minusSeconds(9)),
        401,
        Code.TOKEN_EXPIRED);
    isRefused(server, "rover1?token=" + ground.token(Role.ROBOT, "rover2"), 403, Code.WRONG_ROBOT);
    isRefused(
        server, "rover1?token=" + ground.token(Role.OWNER, "rover1"), 403, Code.ROLE_FORBIDDEN);
    isRefused(server, "-", 404, Code.BAD_ROBOT_ID);
    String token = ground.token(Role.ROBOT, "rover1");
    RtcBot byQuery = ground.rtcBot(server, "rover1?token=" + token);
    ground.rtcBot(
        server,
        new WebSocketConnectOptions()
            .setAllowOriginHeader(false)
            .putHeader("Authorization", "Bearer " + token),
        "rover1");
    assertThat(byQuery.expectClose()).isEqualTo("1000 superseded");
  }

  @Test
  void viewers_do_not_join_a_program_that_knows_no_roles() {
    SignalingServer server = ground.start(ground.closed());
    String viewer = ground.token(Role.VIEWER, "rover1");
    Peer early = ground.peer(server);
    early.join("rover1", viewer, true);
    early.expect(Waiting.class);
    String robotQuery = "rover1?token=" + ground.token(Role.ROBOT, "rover1");
    RtcBot robot = ground.rtcBot(server, robotQuery);
    early.expectRefusal(Code.ROLE_FORBIDDEN);
    Peer late = ground.peer(server);
    late.join("rover1", viewer);
    late.expectRefusal(Code.ROLE_FORBIDDEN);
    Peer driver = ground.peer(server);
    driver.join("rover1", ground.token(Role.DRIVER, "rover1"));
    Joined joined = driver.expect(Joined.class);
    Peer whileBusy = ground.peer(server);
    whileBusy.join("rover1", viewer, true);
    whileBusy.expectRefusal(Code.ROLE_FORBIDDEN);
    driver.offer(joined.sessionId(), 1, RtcBot.OFFER);
    assertThat(robot.offer()).isEqualTo(RtcBot.OFFER);
  }

  @Test
  void socket_ends_with_its_token() {
    TestClock clock = new TestClock();
    SignalingServer server =
        ground.start(
            new SettingsBuilder(ground.closed())
                .timings(TestTimings.recheck(Duration.ofMillis(20)))
                .build(),
            clock);
    Duration life = Duration.ofHours(1);
    RtcBot robot =
        ground.rtcBot(
            server,
            "rover1?token=" + ground.token(Role.ROBOT, "rover1", "t", Instant.now().plus(life)));
    Peer operator = ground.peer(server);
    operator.join("rover1", ground.token(Role.DRIVER, "rover1"));
    String session = operator.expect(Joined.class).sessionId();
    clock.forward(life);
    assertThat(robot.expectClose()).isEqualTo("1008 token-expired");
    operator.expectClosed(session, Code.TOKEN_EXPIRED);
    assertThat(robot.hasHeard()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example.org", "null"})
  void foreign_pages_are_refused(String origin) {
    SignalingServer server = ground.start(ground.open());
    isRefused(
        server,
        new WebSocketConnectOptions().putHeader("Origin", origin),
        "rover1",
        403,
        Code.FOREIGN_ORIGIN);
  }

  @Test
  void open_server_lets_no_robot_in_through_a_proxy_or_under_another_name() {
    SignalingServer server = ground.start(ground.open());
    WebSocketConnectOptions none = new WebSocketConnectOptions().setAllowOriginHeader(false);
    isRefused(
        server,
        new WebSocketConnectOptions(none).putHeader("X-Forwarded-For", "192.0.2.1"),
        "rover1",
        403,
        Code.PROXIED);
    isRefused(
        server,
        new WebSocketConnectOptions(none).putHeader("Host", "rebound.example.org"),
        "rover1",
        403,
        Code.FOREIGN_HOST);
  }

  @Test
  void sockets_of_one_address_are_counted() {
    Limits limits = Limits.DEFAULTS;
    SignalingServer server =
        ground.start(
            new SettingsBuilder(ground.open())
                .limits(
                    new Limits(
                        limits.messageBytes(),
                        limits.messagesPerSecond(),
                        limits.robotMessagesPerSecond(),
                        limits.sessionsPerRobot(),
                        limits.joinsAtOnce(),
                        limits.waitingPerRobot(),
                        limits.waiting(),
                        2,
                        limits.connections(),
                        limits.queuedBytes()))
                .build());
    ground.rtcBot(server, "rover1");
    RtcBot second = ground.rtcBot(server, "rover2");
    assertThat(ground.rtcBot(server, "rover3").expectClose())
        .isEqualTo("1008 too-many-connections");
    second.close();
    // Whoever is let in hears of an offer.
    Page page = new Page(server);
    Ground.eventually(
        () -> {
          RtcBot next = ground.rtcBot(server, "rover4");
          CompletableFuture<HttpResponse<String>> response = page.offer("rover4", RtcBot.OFFER);
          Ground.eventually(() -> next.isClosed() || next.hasHeard());
          next.close();
          Page.await(response);
          return next.hasHeard();
        });
  }

  @Test
  void server_that_stops_closes_with_its_reason() throws Exception {
    SignalingServer server = ground.start(ground.open());
    RtcBot robot = ground.rtcBot(server, "rover1");
    server.close().await(10, TimeUnit.SECONDS);
    assertThat(robot.expectClose()).isEqualTo("1012 server-restarting");
    assertThat(robot.hasHeard()).isFalse();
  }
}
