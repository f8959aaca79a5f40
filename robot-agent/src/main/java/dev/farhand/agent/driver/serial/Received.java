package dev.farhand.agent.driver.serial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.farhand.agent.driver.AgentLink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;

/**
 * Hands on what the device sends: as messages, at most 50 a second, or as telemetry, the newest
 * value of each name. The driver's thread.
 */
final class Received {
  private static final String NAME = "serial";
  private static final int MOST_NAMES = 32;

  /** Six bytes for one at worst, and a line to the agent has at most 64 KiB. */
  private static final int MOST_LETTERS = 8192;

  private static final int MOST_MESSAGES = 50;
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long GPS_IS_OLD = Duration.ofSeconds(3).toNanos();

  private final SerialSettings settings;
  private final AgentLink agent;
  private final ObjectNode values = JsonNodeFactory.instance.objectNode();
  private long heardAt = System.nanoTime();
  private long second = heardAt;
  private int messages;
  private boolean gpsLost;

  Received(SerialSettings settings, AgentLink agent) {
    this.settings = settings;
    this.agent = agent;
  }

  /** To be called every few milliseconds. */
  void take(BlockingQueue<JsonNode> arrived) {
    List<JsonNode> batch = new ArrayList<>();
    arrived.drainTo(batch);
    switch (settings.as()) {
      case TELEMETRY -> telemetry(batch);
      case MESSAGE -> batch.forEach(this::message);
      case NOTHING -> {}
    }
  }

  private void telemetry(List<JsonNode> batch) {
    long now = System.nanoTime();
    if (!batch.isEmpty()) {
      heardAt = now;
      gpsLost = false;
      batch.forEach(this::merge);
      bound();
      agent.telemetry(values.deepCopy());
    } else if (settings.format() == Format.NMEA && !gpsLost && now - heardAt > GPS_IS_OLD) {
      gpsLost = true;
      merge(Nmea.lost());
      agent.telemetry(values.deepCopy());
    }
  }

  private void merge(JsonNode value) {
    if (!value.isObject()) {
      merge(JsonNodeFactory.instance.objectNode().set(NAME, value));
      return;
    }
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      values.remove(entry.getKey());
      values.set(entry.getKey(), entry.getValue());
    }
  }

  /** The longest unheard of go first: a device's noise at its start must not keep the rest out. */
  private void bound() {
    while (values.size() > MOST_NAMES || values.toString().length() > MOST_LETTERS) {
      values.remove(values.fieldNames().next());
    }
  }

  private void message(JsonNode value) {
    long now = System.nanoTime();
    if (now - second >= SECOND) {
      second = now;
      messages = 0;
    }
    if (++messages <= MOST_MESSAGES) {
      agent.sendAll(Map.of(NAME, value));
    } else if (messages == MOST_MESSAGES + 1) {
      agent.log(
          System.Logger.Level.WARNING,
          "The device sends more than "
              + MOST_MESSAGES
              + " messages a second; some are dropped. As telemetry (as: telemetry) the newest"
              + " would do.");
    }
  }
}
