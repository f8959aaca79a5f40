package dev.farhand.agent.driver.serial;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.farhand.agent.driver.AgentLink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** What a device sends must never end its driver. */
class ReceivedTest {
  private final Deque<Object> telemetry = new ArrayDeque<>();

  @Test
  void names_without_end_leave_room_for_the_newest() throws Exception {
    BlockingQueue<JsonNode> arrived = new LinkedBlockingQueue<>();
    Received received =
        new Received(
            SerialSettings.read(
                new YAMLMapper()
                    .readTree("{port: /dev/a, baud: 9600, format: json, as: telemetry}")),
            new Link());
    for (int i = 0; i < 100; i++) {
      arrived.add(JsonNodeFactory.instance.objectNode().put("noise-" + i, "\uFFFD".repeat(1000)));
    }
    arrived.add(JsonNodeFactory.instance.objectNode().put("volts", 11.9));
    received.take(arrived);
    JsonNode values = new ObjectMapper().valueToTree(telemetry.getLast());
    assertThat(values.path("volts").asDouble()).isEqualTo(11.9);
    assertThat(values.path("noise-99").asText()).hasSize(1000);
    assertThat(values.has("noise-0")).isFalse();
    assertThat(values.toString().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(60_000);
  }

  private final class Link implements AgentLink {
    @Override
    public String robotId() {
      return "rover1";
    }

    @Override
    public void telemetry(Object values) {
      telemetry.add(values);
    }

    @Override
    public void send(String sessionId, Object data) {
      throw new AssertionError(data);
    }

    @Override
    public void sendAll(Object data) {
      throw new AssertionError(data);
    }

    @Override
    public void log(System.Logger.Level level, String text) {
      throw new AssertionError(text);
    }

    @Override
    public void every(Duration period, Runnable task) {
      throw new AssertionError(period);
    }
  }
}
