package dev.farhand.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.webrtc.WebRtc;
import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage.Failed;
import dev.farhand.protocol.SignalMessage.Operator;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the server will not have, and how the agent's process is to end then. */
@Timeout(30)
class RefusalTest {
  private static final WebRtc WEB_RTC = WebRtc.start();

  @ParameterizedTest
  @CsvSource({
    "TOKEN_MISSING, TOKEN",
    "TOKEN_INVALID, TOKEN",
    "TOKEN_EXPIRED, TOKEN",
    "TOKEN_REVOKED, TOKEN",
    "WRONG_ROBOT, TOKEN",
    "ROLE_FORBIDDEN, TOKEN",
    "UNSUPPORTED_PROTOCOL, PROTOCOL",
    "BAD_ROBOT_ID, CONFIG",
    "ROBOT_CONFLICT, CONFLICT",
  })
  void each_refusal_has_its_exit_code_and_says_why(Code code, ExitCode exitCode) throws Exception {
    try (FakeServer server = FakeServer.answering(new Failed(code, code.sentence()))) {
      Agent agent =
          new Agent(TestSettings.of(server.uri(), new MovingCamera()), WEB_RTC, new Nobody());
      agent.start();
      Agent.Ending ending = agent.ended().get(10, TimeUnit.SECONDS);
      assertThat(ending.code()).isEqualTo(exitCode);
      assertThat(ending.reason()).contains(code.sentence()).contains(code.wire());
    }
  }

  private static final class Nobody implements Agent.Listener {
    @Override
    public void registered() {}

    @Override
    public void message(Operator operator, JsonNode data) {}
  }
}
