package dev.farhand.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.driver.AgentLink;
import dev.farhand.agent.driver.Driver;
import dev.farhand.agent.motion.KeyMap;
import dev.farhand.agent.motion.MotionSettings;
import dev.farhand.agent.webrtc.Json;
import dev.farhand.agent.webrtc.TestOperator;
import dev.farhand.agent.webrtc.WebRtc;
import dev.farhand.protocol.ChannelMessage;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Register;
import dev.farhand.protocol.SignalMessage.Role;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An RTCBot page, which has one channel and sends keys, drives a robot that allows it. */
@Timeout(60)
class KeysFromAPageTest {
  private static final WebRtc OPERATORS = WebRtc.start();

  private static final MotionSettings WITH_W =
      MotionSettings.DEFAULTS.with(
          new KeyMap(Map.of("w", new KeyMap.Push(0.5, 0)), Duration.ofMillis(300)));

  /** Tells everybody what it is told. */
  public static final class Teller implements Driver {
    private @Nullable AgentLink link;
    private boolean moved;

    @Override
    public void start(JsonNode settings, AgentLink agent) {
      link = agent;
      agent.every(Duration.ofMillis(100), () -> tell("is here", true));
    }

    @Override
    public void move(double linear, double angular) {
      moved = true;
      tell("moves", linear);
    }

    @Override
    public void stop() {
      // The first stop comes before the agent listens.
      if (moved) {
        tell("stops", true);
      }
    }

    @Override
    public void message(String sessionId, Operator operator, Role role, JsonNode data) {
      tell("hears", data.path("key").asText());
    }

    private void tell(String name, Object value) {
      if (link != null) {
        link.sendAll(Map.of(name, value));
      }
    }
  }

  @Test
  void keys_move_the_robot_while_they_are_repeated_and_other_keys_are_messages() throws Exception {
    try (FakeServer server = FakeServer.start();
        Robot robot =
            Robot.builder()
                .server(server.uri().toString())
                .id("rover1")
                .driver(Teller.class)
                .motion(WITH_W)
                .start()) {
      robot.registered().get(10, TimeUnit.SECONDS);
      assertThat(server.next(Register.class)).isPresent();
      try (TestOperator page = server.join(OPERATORS, Role.DRIVER, false)) {
        page.dialAsRtcBot();
        assertThat(page.awaitDefaultOpen()).isTrue();
        assertThat(next(page, "is here").asBoolean()).isTrue();
        press(page, "h");
        assertThat(next(page, "hears").asText()).isEqualTo("h");
        press(page, "w");
        long first = System.nanoTime();
        // A session's first second only tells how quick its path is.
        assertThat(Await.until(() -> System.nanoTime() - first > 1_100_000_000L)).isTrue();

        key(page, "keydown", "w");
        assertThat(moves(page, linear -> linear != 0)).isEqualTo(0.5);
        assertThat(next(page, "stops").asBoolean()).as("it was not repeated").isTrue();
        key(page, "keyup", "w");
        assertThat(moves(page, linear -> true)).isZero();

        key(page, "keydown", "w");
        assertThat(moves(page, linear -> linear != 0)).isEqualTo(0.5);
        key(page, "keyup", "w");
        assertThat(moves(page, linear -> linear == 0)).as("letting go ends it").isZero();
      }
    }
  }

  private static void press(TestOperator page, String key) {
    key(page, "keydown", key);
    key(page, "keyup", key);
  }

  private static void key(TestOperator page, String type, String key) {
    page.send(
        ChannelMessage.DEFAULT,
        Json.write(
            Map.of("type", type, "key", key, "keyCode", 87, "timestamp", System.nanoTime() / 1e6)));
  }

  private static double moves(TestOperator page, DoublePredicate wanted) throws Exception {
    while (true) {
      double linear = next(page, "moves").asDouble();
      if (wanted.test(linear)) {
        return linear;
      }
    }
  }

  private static JsonNode next(TestOperator page, String name) throws Exception {
    while (true) {
      Optional<String> message = page.next(ChannelMessage.DEFAULT);
      assertThat(message).as("a message with " + name).isPresent();
      JsonNode value = Json.read(message.get()).path(name);
      if (!value.isMissingNode()) {
        return value;
      }
    }
  }
}
