package dev.farhand.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.config.AgentSettings;
import dev.farhand.agent.driver.DriverSpec;
import dev.farhand.agent.driver.Drivers;
import dev.farhand.agent.motion.Arbiter;
import dev.farhand.agent.motion.KeyEvent;
import dev.farhand.agent.session.MessageBudget;
import dev.farhand.agent.session.RobotSide;
import dev.farhand.protocol.ChannelMessage.Cause;
import dev.farhand.protocol.ChannelMessage.Drive;
import dev.farhand.protocol.ChannelMessage.Refused;
import dev.farhand.protocol.ChannelMessage.State;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What moves the robot: the drivers, and the arbiter in front of them. Confined to the agent's
 * loop, but for {@link #telemetry}.
 */
final class Helm implements RobotSide {
  /** What the helm tells the rest of the agent, on the loop. */
  interface Listener {
    void joined();

    /** Something that should come from an operator does not. */
    void silent();

    /** Each session is to be told how the robot stands. */
    void statesChanged();

    /** One session is to be told what was not done. */
    void refused(String sessionId, Refused refused);

    /** A message of an operator who may drive. */
    void heard(Operator operator, JsonNode data);

    /** A driver's message: to one session, or, if empty, to all. */
    void send(Optional<String> sessionId, JsonNode data);
  }

  /** States at once, and each second; beyond that they wait for a pause, and come together. */
  private static final int STATES = 30;

  private static final long PAUSE_MILLIS = 50;

  private final ScheduledExecutorService loop;
  private final Listener listener;
  private final Arbiter arbiter;
  private final Drivers drivers;

  /** Somebody who has the states change all the time must fill nobody's path. */
  private final MessageBudget states = new MessageBudget(STATES, STATES, System::nanoTime);

  private boolean statesChanged;

  /** Nothing is started yet. */
  Helm(AgentSettings settings, ScheduledExecutorService loop, Listener listener) {
    this.loop = loop;
    this.listener = listener;
    arbiter = new Arbiter(settings.motion(), System::nanoTime, new Motion());
    drivers = new Drivers(settings.robotId(), settings.drivers(), loop, new Replies());
    if (settings.drivers().specs().stream().noneMatch(DriverSpec::motion)) {
      arbiter.unmovable();
    }
  }

  /** Starts the drivers. */
  void start() {
    drivers.start();
  }

  /** To be called every 20 ms. */
  void tick() {
    arbiter.tick();
  }

  /** A new beat, for the telemetry that goes out. */
  long beat() {
    return arbiter.beat();
  }

  /** The drivers' newest values: an object, not to be changed. Any thread. */
  JsonNode telemetry() {
    return drivers.telemetry();
  }

  /** Whether it stands, and no STOP holds it. */
  boolean idle() {
    return !arbiter.moving() && arbiter.armed();
  }

  /** The agent is about to end: stops for good. */
  void restarting() {
    arbiter.restarting();
  }

  /** Ends the drivers, their outputs safe; completes, on any thread, when none is left. */
  CompletableFuture<Void> end() {
    drivers.close();
    return drivers.ended();
  }

  @Override
  public void opened(String sessionId, Operator operator, Role role) {
    listener.joined();
    arbiter.opened(sessionId, operator, role);
    drivers.opened(sessionId, operator, role);
  }

  @Override
  public void silent(String sessionId) {
    listener.silent();
  }

  @Override
  public void closed(String sessionId) {
    arbiter.closed(sessionId);
    drivers.closed(sessionId);
  }

  @Override
  public void drive(String sessionId, Drive drive) {
    arbiter.drive(sessionId, drive);
  }

  @Override
  public Optional<Refused> stop(String sessionId, long id) {
    return arbiter.stop(sessionId, id);
  }

  @Override
  public Optional<Refused> arm(String sessionId, long stops) {
    return arbiter.arm(sessionId, stops);
  }

  @Override
  public Optional<Refused> request(String sessionId) {
    return arbiter.request(sessionId);
  }

  @Override
  public Optional<Refused> withdraw(String sessionId) {
    return arbiter.withdraw(sessionId);
  }

  @Override
  public Optional<Refused> grant(String sessionId, String operatorId) {
    return arbiter.grant(sessionId, operatorId);
  }

  @Override
  public Optional<Refused> refuse(String sessionId, String operatorId) {
    return arbiter.refuse(sessionId, operatorId);
  }

  @Override
  public Optional<Refused> takeOver(String sessionId) {
    return arbiter.takeOver(sessionId);
  }

  @Override
  public State stateFor(String sessionId) {
    return arbiter.stateFor(sessionId);
  }

  @Override
  public Optional<Refused> message(String sessionId, Operator operator, Role role, JsonNode data) {
    if (KeyEvent.of(data).filter(event -> arbiter.key(sessionId, event)).isPresent()) {
      return Optional.empty();
    }
    listener.heard(operator, data);
    return drivers.message(sessionId, operator, role, data, arbiter.drivenBy(sessionId));
  }

  private final class Motion implements Arbiter.Output {
    @Override
    public void motion(double linear, double angular, long untilNanos) {
      drivers.motion(linear, angular, untilNanos);
    }

    @Override
    public void stop(Cause cause) {
      drivers.stop(cause);
      if (cause == Cause.COMMANDS_LATE) {
        listener.silent();
      }
    }

    @Override
    public void refused(String sessionId, Refused refused) {
      // Not from within the arbiter: an operator who reads nothing any more loses its session.
      loop.execute(() -> listener.refused(sessionId, refused));
    }

    @Override
    public void changed() {
      // Several changes of one event are told once, and not from within the arbiter.
      if (!statesChanged) {
        statesChanged = true;
        long wait = states.take() ? 0 : PAUSE_MILLIS;
        Future<?> unused = loop.schedule(this::tell, wait, TimeUnit.MILLISECONDS);
      }
    }

    private void tell() {
      statesChanged = false;
      listener.statesChanged();
    }
  }

  private final class Replies implements Drivers.Listener {
    @Override
    public void motionUp(boolean up) {
      arbiter.driverUp(up);
    }

    @Override
    public void message(Optional<String> sessionId, JsonNode data) {
      listener.send(sessionId, data);
    }
  }
}
