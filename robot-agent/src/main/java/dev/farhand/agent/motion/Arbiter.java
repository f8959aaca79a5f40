package dev.farhand.agent.motion;

import dev.farhand.protocol.ChannelMessage.Cause;
import dev.farhand.protocol.ChannelMessage.Drive;
import dev.farhand.protocol.ChannelMessage.Motion;
import dev.farhand.protocol.ChannelMessage.Refused;
import dev.farhand.protocol.ChannelMessage.State;
import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides what may move the robot: freshness, lease, neutral first, STOP ({@code docs/safety.md}).
 * Confined to the agent's loop; pure: no threads, no input or output of its own.
 */
public final class Arbiter {
  private static final long VIEWER_STOP_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** As often as an operator's page sends {@code drive}: drivers stop when motion falls silent. */
  private static final long PUSH_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final MotionSettings settings;
  private final LongSupplier nanoTime;
  private final Output output;
  private final Beats beats;
  private final Lease lease;
  private final Map<String, Participant> participants = new HashMap<>();
  private final Map<String, Long> viewerStops = new HashMap<>();

  private boolean driverUp;
  private boolean restarting;
  private boolean moving;

  /** Whether the newest fresh drive of the lease asked for no motion: neutral first. */
  private boolean released;

  private @Nullable Operator stoppedBy;
  private Cause cause = Cause.IDLE;
  private long movingUntil;
  private long pushedAt;
  private long opened;
  private Situation published;

  /**
   * No session, no lease, the driver down.
   *
   * @param nanoTime the robot's clock, {@link System#nanoTime}
   */
  public Arbiter(MotionSettings settings, LongSupplier nanoTime, Output output) {
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.output = output;
    this.beats = new Beats(settings.beatAge().toMillis());
    this.lease = new Lease(settings.leaseTimeout().toNanos());
    this.published = new Situation(Motion.STOPPED, Cause.DRIVER_DOWN, null, true, null);
  }

  /** A session has begun. */
  public void opened(String sessionId, Operator operator, Role role) {
    closed(sessionId);
    participants.put(sessionId, new Participant(operator, role, opened++, settings));
  }

  /** A session has ended, whatever the reason. The operator's next one takes its lease over. */
  public void closed(String sessionId) {
    Participant gone = participants.remove(sessionId);
    if (gone == null) {
      return;
    }
    gone.closed = true;
    if (lease.heldBy(gone)) {
      halt(Cause.SESSION_LOST);
    }
    publish();
  }

  /** A wanted motion has arrived. Refused silently if stale. The first asks for the lease. */
  public void drive(String sessionId, Drive drive) {
    Participant from = participants.get(sessionId);
    if (from == null || !from.role.mayDrive()) {
      return;
    }
    long now = nanoTime.getAsLong();
    expire(now);
    lease.heard(from, now);
    if (!from.drives) {
      from.drives = true;
      if (lease.heldBy(from)) {
        halt(Cause.RELEASE_FIRST);
      }
    }
    if (!restarting && from.fresh(drive, millis(now), beats) && mayHold(from, now)) {
      obey(drive, now);
    }
    publish();
  }

  /**
   * A key went down or up on a page that knows no other way to drive: RTCBot's. It moves the robot
   * if {@link MotionSettings#keys} says so, under the rules that {@code drive} is under.
   *
   * @return whether the key was for the robot; if not, it is a message like any other
   */
  public boolean key(String sessionId, KeyEvent event) {
    Participant from = participants.get(sessionId);
    if (from == null || !from.role.mayDrive() || from.drives) {
      return false;
    }
    long now = nanoTime.getAsLong();
    expire(now);
    boolean pressed = from.keys.take(event, now);
    if (!from.keys.maps(event)) {
      return false;
    }
    lease.heard(from, now);
    if (!restarting && (pressed ? mayHold(from, now) : lease.heldBy(from))) {
      obey(from.keys, now);
    } else {
      from.keys.spend();
    }
    publish();
    return true;
  }

  /**
   * STOP was pressed; latches. Repetitions of one press (the same id) count once.
   *
   * @return empty if it counts: answer {@code Stopped}; otherwise why it was not done
   */
  public Optional<Refused> stop(String sessionId, long id) {
    Participant from = participants.get(sessionId);
    if (from == null) {
      return refuse("stop", Code.NO_SUCH_SESSION, Code.NO_SUCH_SESSION.sentence());
    }
    long now = nanoTime.getAsLong();
    lease.heard(from, now);
    if (from.hasLatched(id)) {
      return Optional.empty();
    }
    boolean counts = stoppedBy != null || from.role.mayDrive();
    if (from.wasRefused(id) || !(counts || viewerMayStop(from, now))) {
      from.refused(id);
      return refuse(
          "stop", Code.TOO_MANY_MESSAGES, "A viewer's STOP counts once in 10 seconds. Wait a bit.");
    }
    from.latched(id);
    stoppedBy = stoppedBy == null ? from.operator : stoppedBy;
    halt(Cause.STOP_PRESSED);
    publish();
    return Optional.empty();
  }

  /**
   * Arm was pressed.
   *
   * @return empty if the robot is armed, otherwise why not
   */
  public Optional<Refused> arm(String sessionId) {
    Participant from = participants.get(sessionId);
    if (from == null) {
      return refuse("arm", Code.NO_SUCH_SESSION, Code.NO_SUCH_SESSION.sentence());
    }
    if (!from.role.mayDrive()) {
      return refuse("arm", Code.ROLE_FORBIDDEN, Code.ROLE_FORBIDDEN.sentence());
    }
    long now = nanoTime.getAsLong();
    expire(now);
    lease.heard(from, now);
    Participant holder = lease.holder();
    if (holder != null && holder != from && !lease.openTo(from)) {
      publish();
      return refuse(
          "arm", Code.LEASE_HELD, holder.operator.name() + " drives and is the one who can arm.");
    }
    if (stoppedBy != null) {
      stoppedBy = null;
      cause = standing();
    }
    publish();
    return Optional.empty();
  }

  /** The driver process is ready, or down. Down at first. */
  public void driverUp(boolean up) {
    if (driverUp && !up) {
      halt(Cause.DRIVER_DOWN);
    }
    driverUp = up;
    cause = moving ? cause : standing();
    publish();
  }

  /** The agent is about to exit: stops for good. */
  public void restarting() {
    restarting = true;
    halt(Cause.AGENT_RESTARTING);
    publish();
  }

  /** To be called every 20 ms. */
  public void tick() {
    long now = nanoTime.getAsLong();
    expire(now);
    Participant holder = lease.holder();
    if (moving && holder != null && holder.keys.isPushing() && now - pushedAt >= PUSH_EVERY_NANOS) {
      push(holder.keys, now);
    }
    publish();
  }

  /**
   * A new beat: the robot's clock in ms. To be called for the telemetry that goes out; only beats
   * that went out may come back.
   */
  public long beat() {
    return beats.issue(millis(nanoTime.getAsLong()));
  }

  /** What to tell this session. */
  public State stateFor(String sessionId) {
    return situation().seenBy(participants.get(sessionId));
  }

  /** Whether the robot has been told to move. */
  public boolean moving() {
    return moving;
  }

  /** Whether no STOP holds the robot. */
  public boolean armed() {
    return stoppedBy == null;
  }

  /** Whether this session holds the lease, and no STOP holds the robot. */
  public boolean drivenBy(String sessionId) {
    Participant one = participants.get(sessionId);
    expire(nanoTime.getAsLong());
    publish();
    return one != null && lease.heldBy(one) && armed() && !restarting;
  }

  private boolean mayHold(Participant from, long now) {
    if (lease.heldBy(from)) {
      return true;
    }
    if (!lease.openTo(from)) {
      return false;
    }
    if (moving) {
      halt(Cause.RELEASE_FIRST);
    }
    lease.take(from, now);
    released = false;
    cause = Cause.RELEASE_FIRST;
    return true;
  }

  private void obey(Drive drive, long now) {
    if (drive.neutral()) {
      rest(now);
    } else if (free() && released) {
      movingUntil = now + settings.commandTimeout().toNanos();
      move(drive.linear(), drive.angular(), movingUntil);
    } else {
      released = false;
      cause = Cause.RELEASE_FIRST;
    }
  }

  private void obey(Keys keys, long now) {
    if (keys.isPushing() && free()) {
      movingUntil = keys.until();
      push(keys, now);
    } else if (keys.allUp() || moving) {
      rest(now);
      released = keys.allUp();
      cause = standing();
    } else {
      released = false;
      cause = Cause.RELEASE_FIRST;
    }
    if (!moving) {
      keys.spend();
    }
  }

  private void push(Keys keys, long now) {
    pushedAt = now;
    KeyMap.Push push = keys.push();
    long valid = now + settings.commandTimeout().toNanos();
    move(push.linear(), push.angular(), valid - movingUntil < 0 ? valid : movingUntil);
  }

  private void move(double linear, double angular, long untilNanos) {
    moving = true;
    cause = Cause.DRIVEN;
    output.motion(
        clamp(linear, settings.maxLinear()), clamp(angular, settings.maxAngular()), untilNanos);
  }

  private void rest(long now) {
    released = true;
    moving = false;
    cause = Cause.NEUTRAL;
    if (free()) {
      output.motion(0, 0, now + settings.commandTimeout().toNanos());
    }
  }

  /** Whether nothing but the operator keeps the robot from moving. */
  private boolean free() {
    return stoppedBy == null && driverUp;
  }

  /** What time alone has changed; before anything else is decided, in case the loop was late. */
  private void expire(long now) {
    if (moving && now - movingUntil >= 0) {
      halt(Cause.COMMANDS_LATE);
    }
    if (lease.expired(now)) {
      if (moving) {
        halt(Cause.COMMANDS_LATE);
      }
      lease.free();
      released = false;
      cause = Cause.IDLE;
    }
  }

  private void halt(Cause why) {
    moving = false;
    released = false;
    cause = why;
    Participant holder = lease.holder();
    if (holder != null) {
      holder.keys.spend();
    }
    output.stop(why);
  }

  private Cause standing() {
    Participant holder = lease.holder();
    if (holder == null) {
      return Cause.IDLE;
    }
    boolean up = released || (!holder.drives && holder.keys.allUp());
    return up ? Cause.NEUTRAL : Cause.RELEASE_FIRST;
  }

  private boolean viewerMayStop(Participant viewer, long now) {
    viewerStops.values().removeIf(at -> now - at >= VIEWER_STOP_NANOS);
    return viewerStops.putIfAbsent(viewer.operator.id(), now) == null;
  }

  private Situation situation() {
    Cause shown = cause;
    if (restarting) {
      shown = Cause.AGENT_RESTARTING;
    } else if (stoppedBy != null) {
      shown = Cause.STOP_PRESSED;
    } else if (!driverUp) {
      shown = Cause.DRIVER_DOWN;
    }
    return new Situation(
        moving ? Motion.MOVING : Motion.STOPPED,
        shown,
        lease.holder(),
        stoppedBy == null,
        stoppedBy);
  }

  private void publish() {
    Situation now = situation();
    if (!now.equals(published)) {
      published = now;
      output.changed();
    }
  }

  private static Optional<Refused> refuse(String what, Code code, String reason) {
    return Optional.of(new Refused(what, code, reason));
  }

  private static double clamp(double value, double most) {
    return Math.max(-most, Math.min(most, value));
  }

  private static long millis(long nanos) {
    return Math.floorDiv(nanos, 1_000_000);
  }

  /** Where decisions go. Called from within the arbiter's methods; may ask it, not tell it. */
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
