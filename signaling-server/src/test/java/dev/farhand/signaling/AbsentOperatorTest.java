package dev.farhand.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage.Joined;
import dev.farhand.protocol.SignalMessage.Opened;
import dev.farhand.protocol.SignalMessage.Presence;
import dev.farhand.protocol.SignalMessage.Resumed;
import dev.farhand.protocol.SignalMessage.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * An operator needs no socket to drive on: what ends its token ends its session at the robot, too.
 */
class AbsentOperatorTest {
  private static final Duration LIFE = Duration.ofDays(90);

  @RegisterExtension final Ground ground = new Ground();
  private final TestClock clock = new TestClock();
  private final Path denyFile = ground.directory().resolve("denied");
  private final Settings settings =
      new SettingsBuilder(ground.closed())
          .denyFile(denyFile)
          .timings(TestTimings.recheck(Duration.ofMillis(50)))
          .build();
  private final SignalingServer server = start();
  private final Pair others =
      Pair.on(
          ground,
          server,
          "rover1",
          robotToken(),
          ground.token(Role.VIEWER, "rover1", null, Instant.now().plus(LIFE).plus(LIFE)));
  private final Peer operator = ground.peer(server);
  private Opened opened;
  private Joined joined;

  private SignalingServer start() {
    deny("");
    return ground.start(settings, clock);
  }

  private void deny(String tokenIds) {
    try {
      Files.writeString(denyFile, tokenIds);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String robotToken() {
    return ground.token(Role.ROBOT, "rover1");
  }

  @BeforeEach
  void driver_joins_and_closes_its_socket() {
    operator.join(
        "rover1", ground.token(Role.DRIVER, "rover1", "leaked", Instant.now().plus(LIFE)));
    joined = operator.expect(Joined.class);
    opened = others.robot().expect(Opened.class);
    operator.close();
    assertThat(others.robot().expect(Presence.class))
        .isEqualTo(new Presence(joined.sessionId(), false));
  }

  private Peer robotReturns() {
    Peer robot = ground.peer(server);
    robot.register("rover1", robotToken(), others.session(), joined.sessionId());
    return robot;
  }

  private void refusesTheOperator(Code code) {
    Peer back = ground.peer(server);
    back.resume(joined.sessionId(), joined.resumeKey());
    back.expectRefusal(code);
  }

  @Test
  void robot_hears_that_the_token_has_expired() {
    clock.forward(LIFE);
    others.robot().expectClosed(joined.sessionId(), Code.TOKEN_EXPIRED);
    refusesTheOperator(Code.TOKEN_EXPIRED);
    others.exchange();
  }

  @Test
  void robot_hears_that_the_token_was_withdrawn() {
    deny("leaked\n");
    others.robot().expectClosed(joined.sessionId(), Code.TOKEN_REVOKED);
    refusesTheOperator(Code.TOKEN_REVOKED);
    others.exchange();
  }

  @Test
  void robot_that_comes_back_later_hears_that_the_token_has_expired() {
    others.robot().close();
    others.operator().expect(Presence.class);
    clock.forward(LIFE);
    Peer robot = robotReturns();
    robot.resume(joined.sessionId(), opened.resumeKey());
    robot.expectClosed(joined.sessionId(), Code.TOKEN_EXPIRED);
    othersGoOn(robot);
  }

  @Test
  void robot_that_comes_back_later_hears_that_the_token_was_withdrawn() {
    others.robot().close();
    others.operator().expect(Presence.class);
    deny("leaked\n");
    Ground.eventually(this::isWithdrawn);
    Peer robot = robotReturns();
    robot.resume(joined.sessionId(), opened.resumeKey());
    robot.expectClosed(joined.sessionId(), Code.TOKEN_REVOKED);
    othersGoOn(robot);
  }

  /** Whether the server has read the list: without the robot, a returned operator waits. */
  private boolean isWithdrawn() {
    Peer back = ground.peer(server);
    back.resume(joined.sessionId(), joined.resumeKey());
    boolean refused = !back.isWelcome();
    back.close();
    return refused;
  }

  @Test
  void robot_that_has_come_back_hears_what_happens_to_the_token_from_then_on() {
    others.robot().close();
    others.operator().expect(Presence.class);
    Peer robot = robotReturns();
    robot.resume(joined.sessionId(), opened.resumeKey());
    robot.expect(Resumed.class);
    robot.expect(Presence.class);
    deny("leaked\n");
    robot.expectClosed(joined.sessionId(), Code.TOKEN_REVOKED);
    othersGoOn(robot);
  }

  private void othersGoOn(Peer robot) {
    robot.resume(others.session(), others.opened().resumeKey());
    robot.expect(Resumed.class);
    assertThat(others.operator().expect(Presence.class).present()).isTrue();
    new Pair(robot, others.operator(), others.joined(), others.opened()).exchange();
  }
}
