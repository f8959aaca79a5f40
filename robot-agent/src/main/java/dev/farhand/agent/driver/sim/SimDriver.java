package dev.farhand.agent.driver.sim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.driver.AgentLink;
import dev.farhand.agent.driver.BadSettings;
import dev.farhand.agent.driver.Driver;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The driver {@code sim}: a rover in a {@link World}. Settings: {@code maxSpeed} in m/s (1 unless
 * said) and {@code maxTurn} in rad/s (1.8 unless said). It logs the operators' messages and answers
 * {@code {"data":"ping"}} with {@code {"data":"pong"}}.
 */
public final class SimDriver implements Driver {
  private static final Duration PERIOD = Duration.ofMillis(33);
  private static final int SHOWN = 500;

  private static final Map<String, Double> SETTINGS = Map.of("maxSpeed", 1.0, "maxTurn", 1.8);

  private final Rover rover = new Rover(World.YARD);
  private double maxSpeed;
  private double maxTurn;
  private long at = System.nanoTime();
  private @Nullable AgentLink agent;

  @Override
  public void check(JsonNode settings) {
    settings.properties().forEach(entry -> check(entry.getKey(), entry.getValue()));
  }

  private static void check(String name, JsonNode value) {
    if (!SETTINGS.containsKey(name)) {
      throw new BadSettings(name, "is not known here: there are maxSpeed and maxTurn");
    }
    if (!value.isNumber() || !(value.doubleValue() > 0)) {
      throw new BadSettings(name, "must be a number above 0");
    }
  }

  @Override
  public void start(JsonNode settings, AgentLink agent) {
    this.agent = agent;
    maxSpeed = number(settings, "maxSpeed");
    maxTurn = number(settings, "maxTurn");
    agent.every(PERIOD, () -> agent.telemetry(telemetry()));
  }

  @Override
  public void move(double linear, double angular) {
    advance();
    rover.want(linear * maxSpeed, angular * maxTurn);
  }

  @Override
  public void stop() {
    advance();
    rover.want(0, 0);
  }

  @Override
  public void message(String sessionId, Operator operator, Role role, JsonNode data) {
    if (agent == null) {
      return;
    }
    String text = data.toString();
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + " …" : text;
    String kind = data.isTextual() ? "a string" : "JSON";
    agent.log(System.Logger.Level.INFO, operator.name() + " sent " + kind + ": " + shown);
    if (data.path("data").asText().equals("ping")) {
      agent.send(sessionId, Map.of("data", "pong"));
    }
  }

  private static double number(JsonNode settings, String name) {
    return settings.path(name).asDouble(SETTINGS.getOrDefault(name, 1.0));
  }

  private void advance() {
    long now = System.nanoTime();
    rover.advance((now - at) / 1e9);
    at = now;
  }

  private Telemetry telemetry() {
    advance();
    return new Telemetry(
        TimeUnit.NANOSECONDS.toMillis(at),
        new Pose(rounded(rover.x()), rounded(rover.y()), rounded(rover.heading())),
        new Speed(rounded(rover.linear()), rounded(rover.angular())),
        rounded(rover.battery()));
  }

  private static double rounded(double value) {
    return Math.round(value * 10_000) / 10_000.0;
  }

  /**
   * What operators see.
   *
   * @param at when, in ms on the robot's clock, as the beat
   * @param battery 0 to 1
   */
  record Telemetry(long at, Pose pose, Speed speed, double battery) {}

  /** Metres and radians, in the world's axes. */
  record Pose(double x, double y, double heading) {}

  /** m/s forward, rad/s to the left. */
  record Speed(double linear, double angular) {}
}
