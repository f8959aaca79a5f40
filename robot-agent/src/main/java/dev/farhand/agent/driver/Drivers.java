package dev.farhand.agent.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.farhand.protocol.ChannelMessage.Cause;
import dev.farhand.protocol.ChannelMessage.Refused;
import dev.farhand.protocol.Code;
import dev.farhand.protocol.OneLine;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/**
 * All drivers of a robot, each a {@link DriverProcess} of its own: stops go to all of them, motion
 * to those that take it, a message to the one that it names. Confined to the agent's loop, but for
 * {@link #telemetry}.
 */
public final class Drivers implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Drivers.class.getName());

  /** The field of a message that names its driver. */
  private static final String ADDRESS = "driver";

  private final boolean named;
  private final Listener listener;
  private final Telemetry values;
  private final Map<String, One> all = new LinkedHashMap<>();
  private volatile JsonNode telemetry = JsonNodeFactory.instance.objectNode();

  /**
   * Nothing is started yet.
   *
   * @param robotId told to the drivers
   * @param loop the agent's loop: one thread
   */
  public Drivers(
      String robotId, DriverPlan plan, ScheduledExecutorService loop, Listener listener) {
    this.named = plan.named();
    this.listener = listener;
    this.values = new Telemetry(plan.specs());
    plan.specs().forEach(spec -> all.put(spec.name(), new One(robotId, spec, loop)));
  }

  /** Starts them; {@link Listener#motionUp} follows when all that take motion are ready. */
  public void start() {
    all.values().forEach(one -> one.process.start());
  }

  /** The wanted motion, -1 to 1, void from {@code untilNanos} on. */
  public void motion(double linear, double angular, long untilNanos) {
    for (One one : all.values()) {
      if (one.motion) {
        one.process.motion(linear, angular, untilNanos);
      }
    }
  }

  /** Safe outputs, at once: of all drivers, whether they take motion or not. */
  public void stop(Cause cause) {
    all.values().forEach(one -> one.process.stop(cause));
  }

  /** A session has begun. */
  public void opened(String sessionId, Operator operator, Role role) {
    all.values().forEach(one -> one.process.opened(sessionId, operator, role));
  }

  /** A session has ended. */
  public void closed(String sessionId) {
    all.values().forEach(one -> one.process.closed(sessionId));
  }

  /**
   * A message of the user's own, from an operator who may drive: to the driver that its field
   * {@code driver} names, and to all if it has none, or if this robot's driver needs no name.
   *
   * @param holder whether that operator holds the lease of an armed robot
   * @return why it reached nobody, if so
   */
  public Optional<Refused> message(
      String sessionId, Operator operator, Role role, JsonNode data, boolean holder) {
    JsonNode address = data.path(ADDRESS);
    if (!named || !address.isTextual()) {
      all.values().forEach(one -> one.process.message(sessionId, operator, role, data, holder));
      return Optional.empty();
    }
    One meant = all.get(address.textValue());
    if (meant == null) {
      String reason =
          "This robot has no driver of that name. A message's field driver is one of: "
              + String.join(", ", all.keySet())
              + ".";
      return Optional.of(new Refused("message", Code.BAD_MESSAGE, reason));
    }
    meant.process.message(sessionId, operator, role, data, holder);
    return Optional.empty();
  }

  /** The newest values: an object, not to be changed. Any thread. */
  public JsonNode telemetry() {
    return telemetry;
  }

  /** Safe outputs, then the end of all. */
  @Override
  public void close() {
    all.values().forEach(one -> one.process.close());
  }

  /** After {@link #close}: completes, on any thread, when no driver is left. */
  public CompletableFuture<Void> ended() {
    return CompletableFuture.allOf(
        all.values().stream().map(one -> one.process.ended()).toArray(CompletableFuture[]::new));
  }

  private void checkMotion() {
    listener.motionUp(all.values().stream().allMatch(one -> one.ready || !one.motion));
  }

  /** One driver, and whether it is up. */
  private final class One implements DriverProcess.Listener {
    private final String name;
    private final boolean motion;
    private final DriverProcess process;
    private boolean ready;

    One(String robotId, DriverSpec spec, ScheduledExecutorService loop) {
      this.name = spec.name();
      this.motion = spec.motion();
      this.process = new DriverProcess(robotId, spec, loop, this);
    }

    @Override
    public void ready(String title) {
      LOG.log(Level.INFO, "Driver {0} is ready", named ? name + " (" + title + ")" : title);
      ready = true;
      values.up(name);
      changed();
    }

    @Override
    public void down(DriverFault fault) {
      LOG.log(Level.WARNING, "Driver {0}: {1} ({2})", name, fault.reason(), fault.code().wire());
      ready = false;
      values.down(name, fault.code());
      changed();
    }

    private void changed() {
      if (named) {
        telemetry = values.merged();
      }
      if (motion) {
        checkMotion();
      }
    }

    @Override
    public void telemetry(JsonNode newest) {
      if (named) {
        values.tell(name, newest);
        telemetry = values.merged();
      } else {
        telemetry = newest;
      }
    }

    @Override
    public void message(Optional<String> sessionId, JsonNode data) {
      listener.message(sessionId, data);
    }

    @Override
    public void log(Level level, String text) {
      LOG.log(level, "Driver {0}: {1}", name, OneLine.of(text));
    }
  }

  /** What comes back, on the agent's loop. */
  public interface Listener {
    /** Whether all drivers that take motion are ready. May come again unchanged. */
    void motionUp(boolean up);

    /** A message of the user's own: to one session, or, if empty, to all. */
    void message(Optional<String> sessionId, JsonNode data);
  }
}
