package dev.farhand.agent.motion;

import dev.farhand.protocol.ChannelMessage.Cause;
import dev.farhand.protocol.ChannelMessage.Drive;
import dev.farhand.protocol.ChannelMessage.Motion;
import dev.farhand.protocol.ChannelMessage.Refused;
import dev.farhand.protocol.ChannelMessage.State;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Decides what may move the robot: freshness, lease, neutral first, STOP. Confined to the agent's
 * loop; pure: no threads, no input or output of its own.
 */
public final class Arbiter {
  /**
   * No session, no lease, the driver down.
   *
   * @param nanoTime the robot's clock, {@link System#nanoTime}
   */
  public Arbiter(MotionSettings settings, LongSupplier nanoTime, Output output) {}

  /** A session has begun. */
  public void opened(String sessionId, Operator operator, Role role) {}

  /** A session has ended, whatever the reason. */
  public void closed(String sessionId) {}

  /** A wanted motion has arrived. Refused silently if stale. The first asks for the lease. */
  public void drive(String sessionId, Drive drive) {}

  /**
   * STOP was pressed; latches. Repetitions of one press (the same id) count once.
   *
   * @return empty if the robot stands: answer {@code Stopped}; otherwise why it was not done
   */
  public Optional<Refused> stop(String sessionId, long id) {
    return Optional.empty();
  }

  /**
   * Arm was pressed.
   *
   * @return empty if the robot is armed, otherwise why not
   */
  public Optional<Refused> arm(String sessionId) {
    return Optional.empty();
  }

  /** The driver process is ready, or down. Down at first. */
  public void driverUp(boolean up) {}

  /** The agent is about to exit: stops for good. */
  public void restarting() {}

  /** To be called every 20 ms. */
  public void tick() {}

  /** A new beat: the robot's clock in ms. Call it for each telemetry message that goes out. */
  public long beat() {
    return 0;
  }

  /** What to tell this session. */
  // javac 17 loses the record component's @Nullable in class files.
  @SuppressWarnings("NullAway")
  public State stateFor(String sessionId) {
    return new State(Motion.STOPPED, Cause.IDLE, Cause.IDLE.sentence(), null, false, true);
  }

  /** Whether the robot has been told to move. */
  public boolean moving() {
    return false;
  }

  /** Where decisions go. Called from within the arbiter's methods. */
  public interface Output {
    /**
     * To the driver, for every accepted drive.
     *
     * @param untilNanos void from then on
     */
    void motion(double linear, double angular, long untilNanos);

    /** To the driver, at once: safe outputs. */
    void stop(Cause cause);

    /** The states have changed: send {@link Arbiter#stateFor} to each session. */
    void changed();
  }
}
