package dev.farhand.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.protocol.SignalMessage.Candidate;
import dev.farhand.protocol.SignalMessage.Joined;
import dev.farhand.protocol.SignalMessage.Opened;
import org.jspecify.annotations.Nullable;

/** A robot and an operator in a session. */
record Pair(Peer robot, Peer operator, Joined joined, Opened opened) {
  static Pair on(Ground ground, SignalingServer server, String robotId) {
    return on(ground, server, robotId, null, null);
  }

  static Pair on(
      Ground ground,
      SignalingServer server,
      String robotId,
      @Nullable String robotToken,
      @Nullable String operatorToken) {
    Peer robot = ground.peer(server);
    robot.register(robotId, robotToken);
    Peer operator = ground.peer(server);
    operator.join(robotId, operatorToken);
    return new Pair(robot, operator, operator.expect(Joined.class), robot.expect(Opened.class));
  }

  String session() {
    return joined.sessionId();
  }

  /** Each hears the other. */
  void exchange() {
    operator.candidate(session(), 1, "from the operator");
    assertThat(robot.expect(Candidate.class).sessionId()).isEqualTo(session());
    robot.candidate(session(), 1, "from the robot");
    assertThat(operator.expect(Candidate.class).sessionId()).isEqualTo(session());
  }
}
