package dev.farhand.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.driver.AgentLink;
import dev.farhand.agent.driver.Driver;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;
import org.jspecify.annotations.Nullable;

/** A robot's own program that sends every message back to who sent it. Moves nothing. */
public final class EchoDriver implements Driver {
  private @Nullable AgentLink agent;

  /** For {@code DriverMain}. */
  public EchoDriver() {}

  @Override
  public void start(JsonNode settings, AgentLink agent) {
    this.agent = agent;
  }

  @Override
  public void move(double linear, double angular) {}

  @Override
  public void stop() {}

  @Override
  public void message(String sessionId, Operator operator, Role role, JsonNode data) {
    if (agent != null) {
      agent.send(sessionId, data);
    }
  }
}
