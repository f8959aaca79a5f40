package dev.farhand.tutorial;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.driver.AgentLink;
import dev.farhand.agent.driver.Driver;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Step 7: what moves the robot. It runs in a process of its own, which the agent watches over. */
public final class TwoWheels implements Driver {
  private @Nullable AgentLink agent;
  private double left;
  private double right;

  @Override
  public void start(JsonNode settings, AgentLink link) {
    agent = link;
    link.every(Duration.ofMillis(200), () -> link.telemetry(Map.of("left", left, "right", right)));
  }

  @Override
  public void move(double linear, double angular) {
    set(linear - angular, linear + angular);
  }

  @Override
  public void stop() {
    set(0, 0);
  }

  @Override
  public void message(String sessionId, Operator operator, Role role, JsonNode data) {
    if (agent != null && data.path("data").asText().equals("ping")) {
      agent.send(sessionId, Map.of("data", "pong"));
    }
  }

  /** Your motors come here. */
  private void set(double leftSpeed, double rightSpeed) {
    left = Math.max(-1, Math.min(1, leftSpeed));
    right = Math.max(-1, Math.min(1, rightSpeed));
  }
}
