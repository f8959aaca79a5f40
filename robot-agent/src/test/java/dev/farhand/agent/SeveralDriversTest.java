package dev.farhand.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.farhand.agent.driver.DriverPlan;
import dev.farhand.agent.driver.DriverSpec;
import dev.farhand.agent.driver.ShellDriver;
import dev.farhand.agent.webrtc.TestOperator;
import dev.farhand.agent.webrtc.WebRtc;
import dev.farhand.protocol.ChannelMessage;
import dev.farhand.protocol.ChannelMessage.Refused;
import dev.farhand.protocol.ChannelMessage.Telemetry;
import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of a robot that has several drivers. */
@Timeout(60)
class SeveralDriversTest {
  private static final WebRtc OPERATORS = WebRtc.start();

  @TempDir private Path folder = Path.of("unset");

  @Test
  void telemetry_comes_by_name_and_a_message_for_nobody_is_refused() throws Exception {
    DriverSpec base =
        DriverSpec.builtIn("sim", JsonNodeFactory.instance.objectNode(), Duration.ofMillis(300))
            .called("base");
    DriverSpec arm = new ShellDriver("arm", folder.resolve("arm"), "{\"joints\":3}").spec();
    try (FakeServer server = FakeServer.start();
        Robot robot =
            Robot.builder()
                .server(server.uri().toString())
                .id("rover1")
                .drivers(DriverPlan.named(List.of(base, arm.withoutMotion())))
                .start()) {
      robot.registered().get(10, TimeUnit.SECONDS);
      try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true)) {
        ann.dial();
        assertThat(ann.awaitOpen()).isTrue();
        Telemetry telemetry;
        do {
          telemetry = ann.next(ChannelMessage.TELEMETRY, Telemetry.class).orElseThrow();
        } while (!telemetry.values().has("pose") || !telemetry.values().has("arm"));
        assertThat(telemetry.values().path("arm").path("joints").asInt()).isEqualTo(3);
        ann.send(ChannelMessage.DEFAULT, "{\"driver\":\"leg\"}");
        Refused refused = ann.next(ChannelMessage.COMMAND, Refused.class).orElseThrow();
        assertThat(refused.code()).isEqualTo(Code.BAD_MESSAGE);
        assertThat(refused.reason()).contains("base, arm");
      }
    }
  }
}
