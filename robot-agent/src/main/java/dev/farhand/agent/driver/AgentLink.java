package dev.farhand.agent.driver;

import java.time.Duration;

/**
 * A {@link Driver}'s way back to its agent. Every method returns at once and may be called on any
 * thread. Data are whatever Jackson can write: records, maps, lists, strings, {@code JsonNode}.
 */
public interface AgentLink {
  /** The robot's ID. */
  String robotId();

  /**
   * The newest values, for the operators' displays. Up to 30 times a second; newer ones replace
   * those that wait.
   *
   * @param values what Jackson writes as an object: a map or a record
   */
  void telemetry(Object values);

  /** A message to the operator of one session. */
  void send(String sessionId, Object data);

  /** A message to every operator. */
  void sendAll(Object data);

  /** A line in the agent's log. */
  void log(System.Logger.Level level, String text);

  /** Calls a task on the driver's thread again and again, until the driver ends. */
  void every(Duration period, Runnable task);
}
