package dev.farhand.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.webrtc.WebRtc;
import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage.Failed;
import dev.farhand.protocol.SignalMessage.Operator;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
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
      String said =
          exitCode == ExitCode.TOKEN && code.wire().startsWith("token-")
              ? "farhand-server token --role robot --robot rover1"
              : code.sentence();
      assertThat(ending.reason()).contains(said).contains(code.wire());
    }
  }

  @Test
  void an_agent_that_has_ended_by_itself_is_not_taken_for_one_that_hangs() throws Exception {
    Set<Thread> others = watches();
    Queue<String> told = new ConcurrentLinkedQueue<>();
    Handler handler = new Told(told);
    Logger logger = Logger.getLogger(Agent.class.getName());
    logger.addHandler(handler);
    Failed failed = new Failed(Code.TOKEN_INVALID, Code.TOKEN_INVALID.sentence());
    try (FakeServer server = FakeServer.answering(failed)) {
      Agent agent =
          new Agent(TestSettings.of(server.uri(), new MovingCamera()), WEB_RTC, new Nobody());
      agent.start();
      agent.ended().get(10, TimeUnit.SECONDS);
      // Its last word would be that it hangs.
      assertThat(Await.until(() -> others.containsAll(watches()))).isTrue();
      assertThat(told).noneMatch(line -> line.contains("hangs"));
    } finally {
      logger.removeHandler(handler);
    }
  }

  private static Set<Thread> watches() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("farhand-watch"))
        .collect(Collectors.toSet());
  }

  private static final class Told extends Handler {
    private final Queue<String> lines;

    Told(Queue<String> lines) {
      this.lines = lines;
    }

    @Override
    public void publish(LogRecord line) {
      lines.add(line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private static final class Nobody implements Agent.Listener {
    @Override
    public void registered() {}

    @Override
    public void message(Operator operator, JsonNode data) {}
  }
}
