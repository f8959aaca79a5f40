package dev.farhand.agent.driver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.machine.Finding;
import dev.farhand.agent.machine.Machine;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;
import java.time.Duration;
import java.util.List;

/**
 * What moves the hardware, written in Java. It runs in a process of its own, a child of the agent,
 * so that neither can hold up the other. A whole one:
 *
 * <pre>{@code
 * public final class TwoWheels implements Driver {
 *   private final Motors motors = new Motors();
 *
 *   public void start(JsonNode settings, AgentLink agent) {
 *     agent.every(Duration.ofMillis(200), () -> agent.telemetry(Map.of("volts", motors.volts())));
 *   }
 *   public void move(double linear, double angular) {
 *     motors.set(linear - angular, linear + angular);
 *   }
 *   public void stop() {
 *     motors.set(0, 0);
 *   }
 * }
 * }</pre>
 *
 * <p>All methods are called on one thread, one after another; each must return well within 100 ms,
 * since the agent ends a driver that doesn't acknowledge in time. {@link #stop} comes by itself
 * when a motion runs out, when the agent falls silent or dies, at the start and at the end. An
 * exception from any method ends the process, after {@link #stop}; the agent starts it again.
 *
 * <p>The class is public, with a public constructor without parameters.
 */
public interface Driver {
  /**
   * Looks at settings without touching any hardware: in another object of this class, in the
   * agent's own process and on any of its threads, before a driver is started, so that a mistake
   * can be told by its line in {@code robot.yaml}.
   *
   * @param settings as {@link #start} will get them
   * @throws BadSettings if {@link #start} could not use them
   */
  default void check(JsonNode settings) {}

  /**
   * How long {@link #start} waits on purpose with these settings: the agent refuses a {@code
   * ready-within-s} of a built-in driver that leaves no time for it.
   *
   * @param settings such as {@link #check} lets pass
   */
  default Duration waitsAtStart(JsonNode settings) {
    return Duration.ZERO;
  }

  /**
   * Looks whether this machine has what {@link #start} would need, and whether this process may use
   * it, touching no hardware: for {@code farhand-agent doctor}, which asks the drivers that come
   * with the agent.
   *
   * @param settings such as {@link #check} lets pass
   */
  default List<Finding> look(JsonNode settings, Machine machine) {
    return List.of();
  }

  /**
   * The first call, once: get hold of the hardware. {@link #stop} follows at once.
   *
   * @param settings the driver's part of {@code robot.yaml}; an object, maybe empty
   * @param agent the way back, valid for the driver's life
   */
  default void start(JsonNode settings, AgentLink agent) throws Exception {}

  /**
   * Move like this from now on. Comes 20 times a second while somebody drives.
   *
   * @param linear forward, -1 to 1 of what the robot can do
   * @param angular to the left (counter-clockwise seen from above, REP 103), -1 to 1
   */
  void move(double linear, double angular) throws Exception;

  /** Make the outputs safe, now. Called often, also when they already are. */
  void stop() throws Exception;

  /** An operator has joined. */
  default void opened(String sessionId, Operator operator, Role role) throws Exception {}

  /** The operator of this session has left. */
  default void closed(String sessionId, Operator operator, Role role) throws Exception {}

  /**
   * An operator who may drive sent a message of the user's own. Never a reason to move: only {@link
   * #move} is watched over.
   *
   * @param data a JSON string or any other JSON value
   */
  default void message(String sessionId, Operator operator, Role role, JsonNode data)
      throws Exception {}

  /**
   * The same for a driver that asks who drives; unless it is implemented, the other one is called.
   *
   * @param holder whether the operator held the lease of an armed robot as the message came. It may
   *     have waited since, a stop may have overtaken it
   */
  default void message(
      String sessionId, Operator operator, Role role, JsonNode data, boolean holder)
      throws Exception {
    message(sessionId, operator, role, data);
  }

  /** The last call, after a {@link #stop}: let go of the hardware. */
  default void close() throws Exception {}
}
