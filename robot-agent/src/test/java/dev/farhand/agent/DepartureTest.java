package dev.farhand.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.session.SessionLimits;
import dev.farhand.agent.webrtc.TestOperator;
import dev.farhand.agent.webrtc.WebRtc;
import dev.farhand.protocol.ChannelMessage;
import dev.farhand.protocol.ChannelMessage.Telemetry;
import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage.Describe;
import dev.farhand.protocol.SignalMessage.Leave;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Presence;
import dev.farhand.protocol.SignalMessage.Register;
import dev.farhand.protocol.SignalMessage.Resume;
import dev.farhand.protocol.SignalMessage.Role;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Operators and servers that go away without a word. */
@Timeout(60)
class DepartureTest {
  private static final WebRtc OPERATORS = WebRtc.start();
  private static final WebRtc ROBOT = WebRtc.start();

  private final FakeServer server = FakeServer.start();
  private final MovingCamera camera = new MovingCamera();
  private final Agent agent =
      new Agent(
          TestSettings.of(
              server.uri(),
              camera,
              new SessionLimits(2, 200, Duration.ofSeconds(1), Duration.ofSeconds(1), 2000)),
          ROBOT,
          new Nobody());

  @AfterEach
  void end() throws Exception {
    agent.stop();
    agent.ended().get(10, TimeUnit.SECONDS);
    server.close();
  }

  @Test
  void an_operator_that_never_offers_gives_its_place_back() throws Exception {
    start();
    server.send(FakeServer.opened("s-mute", Role.DRIVER, true));
    assertThat(server.next(Leave.class).orElseThrow().code()).isEqualTo(Code.OPERATOR_LOST);
  }

  @Test
  void a_page_that_is_gone_from_the_server_and_hangs_up_has_left() throws Exception {
    start();
    try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true)) {
      ann.dial();
      assertThat(ann.awaitOpen()).isTrue();
      server.send(new Presence(ann.sessionId(), false));
      // Still driving without its socket: the session is peer to peer.
      assertThat(ann.next(ChannelMessage.TELEMETRY, Telemetry.class)).isPresent();
      ann.hangUp();
      assertThat(server.next(Leave.class).orElseThrow().code()).isEqualTo(Code.OPERATOR_LEFT);
    }
  }

  @Test
  void a_page_that_vanishes_with_its_answer_gives_its_place_back() throws Exception {
    start();
    // The server knows its offer only: nobody tells this page of the answer's coming.
    try (TestOperator page = new TestOperator(OPERATORS, "s-vanished", server::send)) {
      server.send(FakeServer.opened("s-vanished", Role.DRIVER, false));
      page.dialAsRtcBot();
      assertThat(server.next(Describe.class).orElseThrow().sessionId()).isEqualTo("s-vanished");
      page.hangUp();
    }
    server.send(new Presence("s-vanished", false));
    Leave leave = server.next(Leave.class).orElseThrow();
    assertThat(leave.sessionId()).isEqualTo("s-vanished");
    assertThat(leave.code()).isIn(Code.PEER_FAILED, Code.OPERATOR_LOST);
    // Both places are free again.
    try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true);
        TestOperator bob = server.join(OPERATORS, Role.DRIVER, true)) {
      ann.dial();
      bob.dial();
      assertThat(ann.awaitOpen()).isTrue();
      assertThat(bob.awaitOpen()).isTrue();
    }
  }

  @Test
  void the_camera_rests_when_nobody_is_there() throws Exception {
    start();
    try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true)) {
      ann.dial();
      assertThat(ann.nextPicture()).isPresent();
      server.send(new Presence(ann.sessionId(), false));
      ann.hangUp();
    }
    assertThat(Await.until(() -> camera.stops() == 1)).isTrue();
  }

  @Test
  void a_session_outlives_a_server_that_comes_back_on_its_port() throws Exception {
    start();
    try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true)) {
      ann.dial();
      assertThat(ann.awaitOpen()).isTrue();
      int port = server.port();
      server.close();
      assertThat(ann.next(ChannelMessage.TELEMETRY, Telemetry.class)).isPresent();
      try (FakeServer again = FakeServer.startAt(port)) {
        assertThat(again.next(Register.class).orElseThrow().sessions())
            .containsExactly(ann.sessionId());
        assertThat(again.next(Resume.class).orElseThrow().sessionId()).isEqualTo(ann.sessionId());
        assertThat(ann.next(ChannelMessage.TELEMETRY, Telemetry.class)).isPresent();
      }
    }
  }

  private void start() throws Exception {
    agent.start();
    assertThat(server.next(Register.class)).isPresent();
  }

  private static final class Nobody implements Agent.Listener {
    @Override
    public void registered() {}

    @Override
    public void message(Operator operator, JsonNode data) {}
  }
}
