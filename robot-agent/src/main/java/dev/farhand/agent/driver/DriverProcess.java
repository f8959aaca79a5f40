package dev.farhand.agent.driver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.protocol.ChannelMessage.Cause;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/**
 * One driver: a child process that speaks JSON lines, watched, killed when it fails, and started
 * again. Confined to the agent's loop, on which the listener hears of everything. Nothing here
 * waits for the child.
 */
public final class DriverProcess implements AutoCloseable {
  /**
   * Nothing is started yet.
   *
   * @param robotId told to the driver
   * @param loop the agent's loop: one thread
   */
  public DriverProcess(
      String robotId, DriverSpec spec, ScheduledExecutorService loop, Listener listener) {}

  /** Starts the child; {@link Listener#ready} or {@link Listener#down} follows. */
  public void start() {}

  /**
   * The wanted motion, -1 to 1. One line is outstanding at most; the newest motion replaces the one
   * that waits. Dropped while the driver is down.
   *
   * @param untilNanos on the clock of {@link System#nanoTime}: void from then on
   */
  public void motion(double linear, double angular, long untilNanos) {}

  /** Safe outputs, ahead of any motion that waits. */
  public void stop(Cause cause) {}

  /** A session has begun; a driver that is started again hears of those that live. */
  public void opened(String sessionId, Operator operator, Role role) {}

  /** A session has ended. */
  public void closed(String sessionId) {}

  /** A message of the user's own, from an operator who may drive. */
  public void message(String sessionId, Operator operator, Role role, JsonNode data) {}

  /** Safe outputs, then the child's end; killed if it takes longer than half a second. */
  @Override
  public void close() {}

  /** Completes, on any thread, when no child is left after {@link #close}. */
  public CompletableFuture<Void> ended() {
    return CompletableFuture.completedFuture(null);
  }

  /** What comes back, on the agent's loop. */
  public interface Listener {
    /** The driver has its hardware and takes motion. */
    void ready(String name);

    /** The driver is down; a restart follows by itself. Outputs are made safe at its start. */
    void down(DriverFault fault);

    /** The newest values, an object, up to 30 times a second. */
    void telemetry(JsonNode values);

    /** A message of the user's own: to one session, or, if empty, to all. */
    void message(Optional<String> sessionId, JsonNode data);

    /** A line for the log: the driver's own, or what it wrote to stderr (a warning). */
    void log(System.Logger.Level level, String text);
  }
}
