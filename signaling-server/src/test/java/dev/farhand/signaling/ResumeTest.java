package dev.farhand.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage.Joined;
import dev.farhand.protocol.SignalMessage.Leave;
import dev.farhand.protocol.SignalMessage.Opened;
import dev.farhand.protocol.SignalMessage.Presence;
import dev.farhand.protocol.SignalMessage.Register;
import dev.farhand.protocol.SignalMessage.Registered;
import dev.farhand.protocol.SignalMessage.Resumed;
import dev.farhand.protocol.SignalMessage.Superseded;
import dev.farhand.protocol.SignalMessage.Waiting;
import dev.farhand.signaling.access.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ResumeTest {
  @RegisterExtension final Ground ground = new Ground();
  private final TestClock clock = new TestClock();
  private SignalingServer server = ground.start(ground.open(), clock);
  private final Pair pair = Pair.on(ground, server, "rover1");
  private final String session = pair.session();
  private final String operatorKey = pair.joined().resumeKey();
  private final String robotKey = pair.opened().resumeKey();

  private void restartServer() throws Exception {
    server.close().await(10, TimeUnit.SECONDS);
    server = ground.start(ground.open(), clock);
  }

  private Peer robotReturns(String... sessions) {
    Peer robot = ground.peer(server);
    robot.register("rover1", null, sessions);
    return robot;
  }

  private Peer operatorReturns() {
    Peer operator = ground.peer(server);
    operator.resume(session, operatorKey);
    return operator;
  }

  @Test
  void operator_resumes_after_its_socket_was_lost() {
    pair.operator().close();
    assertThat(pair.robot().expect(Presence.class)).isEqualTo(new Presence(session, false));
    Peer operator = operatorReturns();
    Resumed resumed = operator.expect(Resumed.class);
    assertThat(resumed.media()).isEqualTo(Peer.CAMERA);
    assertThat(pair.robot().expect(Presence.class)).isEqualTo(new Presence(session, true));
    new Pair(pair.robot(), operator, pair.joined(), pair.opened()).exchange();
  }

  @Test
  void fresh_key_resumes_again() {
    pair.operator().close();
    Peer first = operatorReturns();
    String fresh = first.expect(Resumed.class).resumeKey();
    first.close();
    Peer second = ground.peer(server);
    second.resume(session, fresh);
    second.expect(Resumed.class);
  }

  @Test
  void robot_resumes_after_its_socket_was_lost() {
    pair.robot().close();
    assertThat(pair.operator().expect(Presence.class)).isEqualTo(new Presence(session, false));
    Peer robot = robotReturns(session);
    robot.resume(session, robotKey);
    robot.expect(Resumed.class);
    assertThat(pair.operator().expect(Presence.class)).isEqualTo(new Presence(session, true));
    new Pair(robot, pair.operator(), pair.joined(), pair.opened()).exchange();
  }

  @Test
  void newer_registration_wins_and_sessions_survive_it() {
    Peer robot = ground.peer(server);
    long epoch = robot.registerAs("rover1", "instance-2", session);
    Superseded superseded = pair.robot().expect(Superseded.class);
    assertThat(superseded.instance()).isEqualTo("instance-2");
    assertThat(superseded.epoch()).isEqualTo(epoch);
    assertThat(pair.robot().expectClose()).isEqualTo("1000 superseded");
    assertThat(pair.operator().expect(Presence.class).present()).isFalse();

    robot.resume(session, robotKey);
    robot.expect(Resumed.class);
    assertThat(pair.operator().expect(Presence.class).present()).isTrue();
    new Pair(robot, pair.operator(), pair.joined(), pair.opened()).exchange();
  }

  @Test
  void epochs_only_grow() {
    long first = register(0);
    long second = register(first + 1_000_000_000_000L);
    long third = register(0);
    assertThat(second).isEqualTo(first + 1_000_000_000_001L);
    assertThat(third).isGreaterThan(second);
  }

  private long register(long lastEpoch) {
    Peer robot = ground.peer(server);
    robot.send(new Register(1, "rover1", null, "i", lastEpoch, Peer.CAMERA, List.of(), List.of()));
    return robot.expect(Registered.class).epoch();
  }

  @Test
  void both_resume_on_a_server_that_was_started_anew() throws Exception {
    restartServer();
    Peer robot = robotReturns(session);
    robot.resume(session, robotKey);
    robot.expect(Resumed.class);
    assertThat(robot.expect(Presence.class)).isEqualTo(new Presence(session, false));
    Peer operator = operatorReturns();
    operator.expect(Resumed.class);
    assertThat(robot.expect(Presence.class)).isEqualTo(new Presence(session, true));
    new Pair(robot, operator, pair.joined(), pair.opened()).exchange();
  }

  @Test
  void session_of_several_days_survives_a_restart() throws Exception {
    clock.forward(Duration.ofDays(29));
    restartServer();
    Peer robot = robotReturns(session);
    robot.resume(session, robotKey);
    robot.expect(Resumed.class);
    robot.expect(Presence.class);
    Peer operator = operatorReturns();
    operator.expect(Resumed.class);
    robot.expect(Presence.class);
    new Pair(robot, operator, pair.joined(), pair.opened()).exchange();
  }

  @Test
  void key_that_no_token_bounds_is_too_old_after_a_month() {
    clock.forward(Tokens.RESUME_KEY_LIFE);
    operatorReturns().expectRefusal(Code.RESUME_EXPIRED);
    pair.robot().resume(session, robotKey);
    pair.robot().expectClosed(session, Code.RESUME_EXPIRED);
    pair.exchange();
  }

  @Test
  void operator_that_is_back_first_waits_for_the_robot() throws Exception {
    restartServer();
    Peer operator = operatorReturns();
    assertThat(operator.expect(Waiting.class).robotId()).isEqualTo("rover1");
    Peer robot = robotReturns(session);
    robot.resume(session, robotKey);
    robot.expect(Resumed.class);
    assertThat(operator.expect(Resumed.class).media()).isEqualTo(Peer.CAMERA);
    new Pair(robot, operator, pair.joined(), pair.opened()).exchange();
  }

  @Test
  void operator_between_the_robots_return_and_its_resume_waits() throws Exception {
    restartServer();
    Peer robot = robotReturns(session);
    Peer operator = operatorReturns();
    operator.expect(Waiting.class);
    robot.resume(session, robotKey);
    operator.expect(Resumed.class);
  }

  @Test
  void session_of_an_agent_that_was_started_anew_has_ended() throws Exception {
    restartServer();
    Peer operator = operatorReturns();
    operator.expect(Waiting.class);
    Peer robot = ground.peer(server);
    robot.registerAs("rover1", "instance-2");
    operator.expectClosed(session, Code.ROBOT_RESTARTED);

    Peer late = operatorReturns();
    late.expectClosed(session, Code.ROBOT_RESTARTED);
    late.join("rover1", null);
    late.expect(Joined.class);
  }

  @Test
  void live_operator_hears_that_the_agent_was_started_anew() {
    pair.robot().close();
    pair.operator().expect(Presence.class);
    Peer robot = ground.peer(server);
    robot.registerAs("rover1", "instance-2");
    pair.operator().expectClosed(session, Code.ROBOT_RESTARTED);
  }

  @Test
  void session_that_the_robot_ended_meanwhile_is_no_more() {
    pair.operator().close();
    pair.robot().expect(Presence.class);
    pair.robot().send(new Leave(session, null, null));
    pair.robot().settle();
    operatorReturns().expectClosed(session, Code.NO_SUCH_SESSION);
  }

  @Test
  void key_of_another_session_is_refused() {
    Peer other = ground.peer(server);
    other.join("rover1", null);
    Joined joined = other.expect(Joined.class);
    assertThat(pair.robot().expect(Opened.class).sessionId()).isEqualTo(joined.sessionId());
    Peer thief = ground.peer(server);
    thief.resume(session, joined.resumeKey());
    thief.expectRefusal(Code.RESUME_INVALID);
    pair.exchange();
  }

  @Test
  void key_of_the_other_side_is_refused() {
    Peer thief = ground.peer(server);
    thief.resume(session, robotKey);
    thief.expectRefusal(Code.RESUME_INVALID);
    pair.robot().resume(session, operatorKey);
    pair.robot().expectClosed(session, Code.RESUME_INVALID);
    pair.exchange();
  }

  @Test
  void key_of_another_robot_is_refused() {
    Peer robot = ground.peer(server);
    robot.register("rover2", null, session);
    robot.resume(session, robotKey);
    robot.expectClosed(session, Code.RESUME_INVALID);
    pair.exchange();
  }

  @Test
  void rubbish_is_no_key() {
    Peer thief = ground.peer(server);
    thief.resume(session, "eyJhbGciOiJub25lIn0.e30.");
    thief.expectRefusal(Code.RESUME_INVALID);
  }

  @Test
  void newer_socket_of_an_operator_takes_the_session_over() {
    Peer newer = operatorReturns();
    newer.expect(Resumed.class);
    pair.operator().expectRefusal(Code.SUPERSEDED);
  }
}
