package dev.farhand.agent.driver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.driver.DriverFault.Code;
import dev.farhand.protocol.ChannelMessage.Cause;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One driver: a child that speaks JSON lines, most often a process, watched, killed when it fails,
 * and started again. Confined to the agent's loop, on which the listener hears of everything.
 * Nothing here waits for the child.
 */
public final class DriverProcess implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DriverProcess.class.getName());

  private static final Duration END_LIMIT = Duration.ofMillis(500);
  private static final Duration TERMINATE_LIMIT = Duration.ofMillis(100);
  private static final Duration OUTPUT_CLOSED_LIMIT = Duration.ofMillis(200);

  /** A driver that has lived this long starts its count of failures anew. */
  private static final Duration SETTLED = Duration.ofSeconds(10);

  private final String robotId;
  private final DriverSpec spec;
  private final ScheduledExecutorService loop;
  private final Listener listener;
  private final Deadline deadline;
  private final Restarts restarts = new Restarts(RandomGenerator.getDefault());
  private final Map<String, ToDriver.Opened> sessions = new LinkedHashMap<>();

  private @Nullable Child child;
  private @Nullable Child dying;
  private MotionLines lines = new MotionLines();
  private boolean ready;
  private boolean closed;
  private boolean dropping;
  private Future<?> settled = CompletableFuture.completedFuture(null);
  private Future<?> restart = CompletableFuture.completedFuture(null);
  private Future<?> lastResort = CompletableFuture.completedFuture(null);

  /**
   * Nothing is started yet.
   *
   * @param robotId told to the driver
   * @param loop the agent's loop: one thread
   */
  public DriverProcess(
      String robotId, DriverSpec spec, ScheduledExecutorService loop, Listener listener) {
    this.robotId = robotId;
    this.spec = spec;
    this.loop = loop;
    this.listener = listener;
    this.deadline = new Deadline(loop, this::fail);
  }

  /** Starts the child; {@link Listener#ready} or {@link Listener#down} follows. */
  public void start() {
    if (closed || child != null) {
      return;
    }
    Child started;
    try {
      started = Child.start(spec, loop, new Watch());
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "The driver could not be started", e);
      fail(
          new DriverFault(
              Code.MISSING,
              spec.launch() instanceof Launch.Program program
                  ? "The driver's program cannot be started: "
                      + program.command().get(0)
                      + ". Does it exist, may it be run? See the driver's command in robot.yaml."
                  : e.getMessage() + "."));
      return;
    }
    child = started;
    ready = false;
    lines = new MotionLines();
    started.write(
        new ToDriver.Configure(robotId, spec.settings(), spec.motionTimeout().toMillis()));
    deadline.set(
        spec.readyLimit(),
        new DriverFault(
            Code.NOT_READY,
            "The driver did not say that it is ready within "
                + spec.readyLimit().toSeconds()
                + " s."));
  }

  /**
   * The wanted motion, -1 to 1. One line is outstanding at most; the newest motion replaces the one
   * that waits. Dropped while the driver is down.
   *
   * @param untilNanos on the clock of {@link System#nanoTime}: void from then on
   */
  public void motion(double linear, double angular, long untilNanos) {
    if (ready) {
      lines.motion(linear, angular, untilNanos);
      pump();
    }
  }

  /** Safe outputs, ahead of any motion that waits. */
  public void stop(Cause cause) {
    if (ready) {
      lines.stop(cause);
      pump();
    }
  }

  /** A session has begun; a driver that is started again hears of those that live. */
  public void opened(String sessionId, Operator operator, Role role) {
    ToDriver.Opened opened = new ToDriver.Opened(sessionId, operator, role);
    sessions.put(sessionId, opened);
    tell(opened);
  }

  /** A session has ended. */
  public void closed(String sessionId) {
    ToDriver.Opened opened = sessions.remove(sessionId);
    if (opened != null) {
      tell(new ToDriver.Closed(sessionId, opened.operator(), opened.role()));
    }
  }

  /**
   * A message of the user's own, from an operator who may drive. Dropped if too many wait.
   *
   * @param holder whether that operator holds the lease of an armed robot
   */
  public void message(
      String sessionId, Operator operator, Role role, JsonNode data, boolean holder) {
    if (child != null && ready && child.congested()) {
      if (!dropping) {
        listener.log(
            System.Logger.Level.WARNING,
            "The driver does not keep up with the operators' messages; some are dropped.");
      }
      dropping = true;
      return;
    }
    dropping = false;
    tell(new ToDriver.Message(sessionId, operator, role, data, holder));
  }

  /** Safe outputs, then the child's end; killed if it takes longer than half a second. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    ready = false;
    deadline.met();
    settled.cancel(false);
    restart.cancel(false);
    Child last = child;
    child = null;
    if (last != null) {
      dying = last;
      last.silence();
      last.end();
    }
    if (dying != null) {
      // Not on the loop, which may end before the child does.
      Executor later =
          CompletableFuture.delayedExecutor(
              (last == null ? TERMINATE_LIMIT : END_LIMIT).toMillis(), TimeUnit.MILLISECONDS);
      later.execute(dying::kill);
    }
  }

  /** After {@link #close}: completes, on any thread, when no child is left. */
  public CompletableFuture<Void> ended() {
    return dying == null ? CompletableFuture.completedFuture(null) : dying.ended();
  }

  private void tell(ToDriver line) {
    if (child != null && ready && !child.write(line)) {
      fail(notReading());
    }
  }

  private void pump() {
    Child to = child;
    if (to == null) {
      return;
    }
    Optional<ToDriver> next = lines.next(System.nanoTime());
    if (next.isEmpty()) {
      return;
    }
    if (next.get() instanceof ToDriver.Motion) {
      // Its outputs may be on from here: should it fail now, its successor comes without delay.
      restarts.forget();
    }
    if (!to.writeFirst(next.get())) {
      fail(notReading());
      return;
    }
    deadline.set(
        spec.ackLimit(),
        new DriverFault(
            Code.NOT_ACKNOWLEDGED,
            "The driver did not acknowledge a line within " + spec.ackLimit().toMillis() + " ms."));
  }

  private static DriverFault notReading() {
    return new DriverFault(Code.NOT_READING, "The driver does not read its stdin.");
  }

  private void fail(DriverFault fault) {
    Child failed = child;
    child = null;
    ready = false;
    deadline.met();
    settled.cancel(false);
    if (failed == null) {
      restart();
    } else {
      // Two drivers at one piece of hardware would be worse than none: its end restarts it.
      dying = failed;
      failed.silence();
      if (fault.code() == Code.NOT_ACKNOWLEDGED) {
        failed.kill();
      } else {
        // It may still be able to make its outputs safe, sooner than its successor.
        failed.terminate();
        lastResort = loop.schedule(failed::kill, TERMINATE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
    listener.down(fault);
  }

  private void restart() {
    restart = loop.schedule(this::start, restarts.next().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What happens to the child that runs; earlier ones are silenced. */
  private final class Watch implements Child.Events {
    @Override
    public void line(FromDriver line) {
      if (line instanceof FromDriver.Log log) {
        listener.log(log.level().level(), log.text());
      } else if (line instanceof FromDriver.Ready hello) {
        ready(hello);
      } else if (!ready) {
        fail(
            new DriverFault(
                Code.BAD_LINE, "The driver wrote something before it said that it is ready."));
      } else if (line instanceof FromDriver.Ack ack) {
        acknowledged(ack);
      } else if (line instanceof FromDriver.Telemetry telemetry) {
        listener.telemetry(telemetry.values());
      } else if (line instanceof FromDriver.Message message) {
        listener.message(Optional.ofNullable(message.session()), message.data());
      }
    }

    private void ready(FromDriver.Ready hello) {
      if (ready) {
        fail(new DriverFault(Code.BAD_LINE, "The driver said twice that it is ready."));
        return;
      }
      deadline.met();
      ready = true;
      if (child != null) {
        child.remember();
      }
      settled = loop.schedule(restarts::forget, SETTLED.toMillis(), TimeUnit.MILLISECONDS);
      stop(Cause.DRIVER_DOWN);
      sessions.values().forEach(DriverProcess.this::tell);
      if (ready) {
        listener.ready(hello.name());
      }
    }

    private void acknowledged(FromDriver.Ack ack) {
      if (!lines.acknowledged(ack.seq())) {
        fail(
            new DriverFault(
                Code.BAD_LINE, "The driver acknowledged a line that was not outstanding."));
        return;
      }
      deadline.met();
      pump();
    }

    @Override
    public void stderr(String text) {
      listener.log(System.Logger.Level.WARNING, text);
    }

    @Override
    public void outputClosed() {
      // Most often the end of the process, which comes with its exit code.
      deadline.set(
          OUTPUT_CLOSED_LIMIT,
          new DriverFault(
              Code.EXITED, "The driver closed its stdout, so it cannot answer any more."));
    }

    @Override
    public void fault(DriverFault fault) {
      fail(fault);
    }

    @Override
    public void exited(int code) {
      fail(
          new DriverFault(
              Code.EXITED,
              "The driver ended with exit code " + code + ". Its last messages are above."));
    }

    @Override
    public void gone() {
      lastResort.cancel(false);
      if (!closed) {
        if (dying != null) {
          // Those that it had started may live on, with the hardware in their hands.
          dying.kill();
        }
        dying = null;
        restart();
      }
    }
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
