package dev.farhand.agent.motion;

import dev.farhand.protocol.ChannelMessage.Cause;
import dev.farhand.protocol.ChannelMessage.Drive;
import java.util.concurrent.TimeUnit;

/**
 * What the holder's fresh commands come to: motion within the limits, or standing, and why. Who the
 * holder is, is decided elsewhere. Confined to the agent's loop.
 */
final class Course {
  /** As often as an operator's page sends {@code drive}: drivers stop when motion falls silent. */
  private static final long PUSH_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final MotionSettings settings;
  private final Arbiter.Output output;
  private final Lease lease;
  private final Latch latch;
  private final Ramp linear;
  private final Ramp angular;

  private boolean driverUp;
  private boolean moving;

  /** Whether the newest fresh drive of the lease asked for no motion: neutral first. */
  private boolean released;

  private Cause cause = Cause.IDLE;
  private double wantedLinear;
  private double wantedAngular;
  private long movingUntil;
  private long pushedAt;

  Course(MotionSettings settings, Arbiter.Output output, Lease lease, Latch latch) {
    this.settings = settings;
    this.output = output;
    this.lease = lease;
    this.latch = latch;
    this.linear = new Ramp(settings.limits().linearAcceleration());
    this.angular = new Ramp(settings.limits().angularAcceleration());
  }

  boolean moving() {
    return moving;
  }

  boolean driverUp() {
    return driverUp;
  }

  Cause cause() {
    return cause;
  }

  void obey(Drive drive, long now) {
    if (drive.neutral()) {
      rest(now);
    } else if (free() && released) {
      movingUntil = now + settings.commandTimeout().toNanos();
      move(drive.linear(), drive.angular(), now);
    } else {
      awaitNeutral();
    }
  }

  void obey(Keys keys, long now) {
    if (keys.isPushing() && free()) {
      movingUntil = keys.until();
      push(keys, now);
    } else if (keys.allUp() || moving) {
      rest(now);
      released = keys.allUp();
      cause = standing();
    } else {
      awaitNeutral();
    }
    if (!moving) {
      keys.spend();
    }
  }

  /** The lease has another holder, or begins: neutral first. */
  void begin() {
    if (moving) {
      halt(Cause.RELEASE_FIRST);
    }
    awaitNeutral();
  }

  /** Nobody holds the lease any more. */
  void idle() {
    if (moving) {
      halt(Cause.COMMANDS_LATE);
    }
    released = false;
    cause = Cause.IDLE;
  }

  void driverUp(boolean up) {
    if (driverUp && !up) {
      halt(Cause.DRIVER_DOWN);
    }
    driverUp = up;
    cause = moving ? cause : standing();
  }

  /** STOP holds the robot no more; what was let go of before that is no neutral. */
  void armed() {
    released = false;
    cause = standing();
  }

  /** Outputs safe at once, whatever the limits of acceleration. */
  void halt(Cause why) {
    moving = false;
    released = false;
    cause = why;
    linear.rest();
    angular.rest();
    Participant holder = lease.holder();
    if (holder != null) {
      holder.keys.spend();
    }
    output.stop(why);
  }

  /** What time alone has changed; before anything else is decided, in case the loop was late. */
  void expire(long now) {
    if (moving && now - movingUntil >= 0) {
      halt(Cause.COMMANDS_LATE);
    }
  }

  /** Goes on by itself: keys that are held, and speed that is still being gained. */
  void tick(long now) {
    if (!moving) {
      return;
    }
    Participant holder = lease.holder();
    if (holder != null && holder.keys.isPushing() && now - pushedAt >= PUSH_EVERY_NANOS) {
      push(holder.keys, now);
    } else if (linear.value() != wantedLinear || angular.value() != wantedAngular) {
      say(now);
    }
  }

  private void push(Keys keys, long now) {
    pushedAt = now;
    KeyMap.Push push = keys.push();
    move(push.linear(), push.angular(), now);
  }

  private void move(double towardLinear, double towardAngular, long now) {
    moving = true;
    cause = Cause.DRIVEN;
    wantedLinear = clamp(towardLinear, settings.limits().linear());
    wantedAngular = clamp(towardAngular, settings.limits().angular());
    say(now);
  }

  private void say(long now) {
    long valid = now + settings.commandTimeout().toNanos();
    output.motion(
        linear.toward(wantedLinear, now),
        angular.toward(wantedAngular, now),
        valid - movingUntil < 0 ? valid : movingUntil);
  }

  private void rest(long now) {
    released = true;
    moving = false;
    cause = Cause.NEUTRAL;
    if (free()) {
      output.motion(
          linear.toward(0, now), angular.toward(0, now), now + settings.commandTimeout().toNanos());
    }
  }

  private void awaitNeutral() {
    released = false;
    cause = Cause.RELEASE_FIRST;
  }

  /** Whether nothing but the operator keeps the robot from moving. */
  private boolean free() {
    return latch.open() && driverUp;
  }

  private Cause standing() {
    Participant holder = lease.holder();
    if (holder == null) {
      return Cause.IDLE;
    }
    boolean up = released || (!holder.drives && holder.keys.allUp());
    return up ? Cause.NEUTRAL : Cause.RELEASE_FIRST;
  }

  private static double clamp(double value, double most) {
    return Math.max(-most, Math.min(most, value));
  }
}
