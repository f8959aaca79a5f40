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
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/**
 * Decides what may move the robot ({@code docs/safety.md}): looks who says what in which session,
 * and hands it to the lease, the latch of STOP and the course. Confined to the agent's loop; pure:
 * no threads, no input or output of its own.
 */
public final class Arbiter {
  private final MotionSettings settings;
  private final LongSupplier nanoTime;
  private final Output output;
  private final Beats beats;
  private final Latch latch = new Latch();
  private final Lease lease;
  private final Course course;
  private final Handover handover;
  private final Map<String, Participant> participants = new HashMap<>();

  private boolean unmovable;
  private boolean restarting;
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
    this.lease = new Lease(settings.leaseTimes().heldFor().toNanos());
    this.course = new Course(settings, output, lease, latch);
    this.handover = new Handover(settings.leaseTimes(), lease, course, output, () -> opened - 1);
    this.published = situation();
  }

  /** A session has begun. */
  public void opened(String sessionId, Operator operator, Role role) {
    closed(sessionId);
    participants.put(sessionId, new Participant(sessionId, operator, role, opened++, settings));
  }

  /** A session has ended, whatever the reason. The operator's next one takes its lease over. */
  public void closed(String sessionId) {
    Participant gone = participants.remove(sessionId);
    if (gone == null) {
      return;
    }
    gone.closed = true;
    if (lease.heldBy(gone)) {
      course.halt(Cause.SESSION_LOST);
    }
    handover.closed(gone);
    publish();
  }

  /**
   * A wanted motion has arrived. Refused silently if stale. The first takes a lease that is free.
   */
  public void drive(String sessionId, Drive drive) {
    Participant from = participants.get(sessionId);
    if (from == null || !from.role.mayDrive()) {
      return;
    }
    long now = heard(from);
    if (!from.drives) {
      from.drives = true;
      if (lease.heldBy(from)) {
        course.halt(Cause.RELEASE_FIRST);
      }
    }
    if (!restarting && from.fresh(drive, millis(now), beats) && handover.mayHold(from, now)) {
      course.obey(drive, now);
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
    if (!restarting && (pressed ? handover.mayHold(from, now) : lease.heldBy(from))) {
      course.obey(from.keys, now);
    } else {
      from.keys.spend();
    }
    publish();
    return true;
  }

  /**
   * STOP was pressed; latches. Repetitions of one press (the same id) count once.
   *
   * @return empty if it was done: answer {@code Stopped}; otherwise why not
   */
  public Optional<Refused> stop(String sessionId, long id) {
    Participant from = participants.get(sessionId);
    if (from == null) {
      return Refusal.stranger("stop");
    }
    long now = nanoTime.getAsLong();
    lease.heard(from, now);
    Latch.Press press = latch.press(from, id, now);
    if (press == Latch.Press.REFUSED) {
      return Refusal.of(
          "stop", Code.TOO_MANY_MESSAGES, "A viewer's STOP counts once in 10 seconds. Wait a bit.");
    }
    if (press == Latch.Press.COUNTS) {
      course.halt(Cause.STOP_PRESSED);
      publish();
    }
    return Optional.empty();
  }

  /**
   * Arm was pressed. It ends no STOP but those that its presser has been told of.
   *
   * @param stops {@link State#stops} as last shown to whoever pressed
   * @return empty if the robot is armed, otherwise why not
   */
  public Optional<Refused> arm(String sessionId, long stops) {
    return asDriver(
        "arm",
        sessionId,
        (from, now) -> {
          Participant holder = lease.holder();
          if (holder != null && holder != from && !lease.openTo(from)) {
            return Refusal.of(
                "arm",
                Code.LEASE_HELD,
                holder.operator.name() + " drives and is the one who can arm.");
          }
          if (latch.open()) {
            return Optional.empty();
          }
          if (stops != latch.stops()) {
            return Refusal.of("arm", Code.STOPPED_AGAIN, Code.STOPPED_AGAIN.sentence());
          }
          latch.arm();
          course.armed();
          return Optional.empty();
        });
  }

  /**
   * The operator asks for the lease. It is given at once if nobody else has it.
   *
   * @return empty if the request stands or the lease is given, otherwise why not
   */
  public Optional<Refused> request(String sessionId) {
    return asDriver("request", sessionId, handover::request);
  }

  /** The operator asks no more. */
  public Optional<Refused> withdraw(String sessionId) {
    return asDriver("withdraw", sessionId, handover::withdraw);
  }

  /**
   * The holder gives the lease to an operator who has asked for it.
   *
   * @return empty if it is theirs, otherwise why not
   */
  public Optional<Refused> grant(String sessionId, String to) {
    return asDriver("grant", sessionId, (from, now) -> handover.grant(from, to, now));
  }

  /**
   * The holder keeps the lease.
   *
   * @return empty if the request is gone, otherwise why not
   */
  public Optional<Refused> refuse(String sessionId, String to) {
    return asDriver("refuse", sessionId, (from, now) -> handover.refuse(from, to, now));
  }

  /**
   * An owner takes the lease without asking.
   *
   * @return empty if it is theirs, otherwise why not
   */
  public Optional<Refused> takeOver(String sessionId) {
    return asDriver("take-over", sessionId, handover::takeOver);
  }

  /** The driver process is ready, or down. Down at first. */
  public void driverUp(boolean up) {
    course.driverUp(up);
    publish();
  }

  /** There is no driver that takes motion, and there will be none: to be said before all else. */
  public void unmovable() {
    unmovable = true;
  }

  /** The agent is about to exit: stops for good. */
  public void restarting() {
    restarting = true;
    course.halt(Cause.AGENT_RESTARTING);
    publish();
  }

  /** To be called every 20 ms. */
  public void tick() {
    long now = nanoTime.getAsLong();
    expire(now);
    course.tick(now);
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
    return situation().seenBy(participants.get(sessionId), nanoTime.getAsLong());
  }

  /** Whether the robot has been told to move. */
  public boolean moving() {
    return course.moving();
  }

  /** Whether no STOP holds the robot. */
  public boolean armed() {
    return latch.open();
  }

  /** Whether this session holds the lease, and no STOP holds the robot. */
  public boolean drivenBy(String sessionId) {
    Participant one = participants.get(sessionId);
    expire(nanoTime.getAsLong());
    publish();
    return one != null && lease.heldBy(one) && armed() && !restarting;
  }

  /** What only those who may drive can do. */
  private Optional<Refused> asDriver(
      String what, String sessionId, BiFunction<Participant, Long, Optional<Refused>> deed) {
    Participant from = participants.get(sessionId);
    if (from == null) {
      return Refusal.stranger(what);
    }
    if (!from.role.mayDrive()) {
      return Refusal.of(what, Code.ROLE_FORBIDDEN, Code.ROLE_FORBIDDEN.sentence());
    }
    Optional<Refused> refused = deed.apply(from, heard(from));
    publish();
    return refused;
  }

  private long heard(Participant from) {
    long now = nanoTime.getAsLong();
    expire(now);
    lease.heard(from, now);
    return now;
  }

  /** What time alone has changed; before anything else is decided, in case the loop was late. */
  private void expire(long now) {
    course.expire(now);
    handover.expire(now);
  }

  private Situation situation() {
    Cause shown = course.cause();
    if (restarting) {
      shown = Cause.AGENT_RESTARTING;
    } else if (!latch.open()) {
      shown = Cause.STOP_PRESSED;
    } else if (!course.driverUp()) {
      shown = unmovable ? Cause.NO_DRIVER : Cause.DRIVER_DOWN;
    }
    return new Situation(
        course.moving() ? Motion.MOVING : Motion.STOPPED,
        shown,
        lease.holder(),
        latch.open(),
        latch.stops(),
        latch.pressedBy(),
        handover.standing());
  }

  private void publish() {
    Situation now = situation();
    if (!now.equals(published)) {
      published = now;
      output.changed();
    }
  }

  private static long millis(long nanos) {
    return Math.floorDiv(nanos, 1_000_000);
  }

  /** Where decisions go. Called from within the arbiter's methods; may ask it, not tell it. */
  public interface Output {
    /**
     * To the driver, for every accepted drive, and while speed is gained.
     *
     * @param untilNanos void from then on
     */
    void motion(double linear, double angular, long untilNanos);

    /** To the driver, at once: safe outputs. */
    void stop(Cause cause);

    /** To one session, whose request was refused after a while. */
    void refused(String sessionId, Refused refused);

    /** The states have changed: send {@link Arbiter#stateFor} to each session. */
    void changed();
  }
}
