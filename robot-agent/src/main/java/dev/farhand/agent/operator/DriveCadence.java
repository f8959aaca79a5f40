package dev.farhand.agent.operator;

import dev.farhand.agent.loop.Alarm;
import dev.farhand.protocol.ChannelMessage.Drive;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * When to send which motion. A motion that is not asked for again in time becomes neutral. Knows
 * nothing of channels. Confined to the operator's loop.
 */
final class DriveCadence {
  /** How long one call of {@code drive} counts. A program that hangs stops the robot. */
  private static final long VALID_MILLIS = 500;

  /** 20 Hz in motion, and on for a second, so that the end of a motion cannot get lost. */
  private static final long MOVING_EVERY_MILLIS = 50;

  private static final long MOVING_ON_MILLIS = 1000;

  /** 2 Hz neutral keeps the lease. */
  private static final long HOLDING_EVERY_MILLIS = 500;

  /** Changes do not wait for the next turn, but a stick's flutter does. */
  private static final long LEAST_GAP_MILLIS = 20;

  /**
   * The robot wants to see neutral at the start of a lease, and after Arm. A motion that begins at
   * rest therefore begins with neutral; if no answer comes in this time, it says what is held, and
   * the robot decides.
   */
  private static final long ASKING_MILLIS = 1000;

  interface Sender {
    void send(double linear, double angular);
  }

  private final LongSupplier nanoTime;
  private final Alarm next;
  private final Sender sender;
  private final long zero;
  private double linear;
  private double angular;
  private long validUntil;
  private long movingUntil;
  private long askUntil;
  private long sentAt = -LEAST_GAP_MILLIS;
  private boolean leased;
  private boolean released;
  private boolean connected;

  /** Whether a motion goes on that was begun without a session: the robot waits for neutral. */
  private boolean heldOver;

  DriveCadence(ScheduledExecutorService loop, LongSupplier nanoTime, Sender sender) {
    this.nanoTime = nanoTime;
    this.next = new Alarm(loop);
    this.sender = sender;
    this.zero = nanoTime.getAsLong();
  }

  /** What is wanted from now on, for half a second: -1 to 1. */
  void drive(double wantedLinear, double wantedAngular) {
    long now = now();
    heldOver = moves(wantedLinear, wantedAngular) && (!connected || (heldOver && now < validUntil));
    boolean changed = wantedLinear != linear(now) || wantedAngular != angular(now);
    linear = wantedLinear;
    angular = wantedAngular;
    validUntil = now + VALID_MILLIS;
    if (moves(linear, angular)) {
      if (now >= movingUntil && !leased && !heldOver) {
        askUntil = now + ASKING_MILLIS;
      }
      movingUntil = now + MOVING_ON_MILLIS;
    }
    if (changed || !next.isSet()) {
      turnSoon();
    }
  }

  /** Neutral, at once. */
  void release() {
    validUntil = now();
    turnSoon();
  }

  /** What the robot last said: whether the lease is ours, and whether it has seen neutral. */
  void lease(boolean ours, boolean neutralSeen) {
    boolean was = leased && released;
    leased = ours;
    released = neutralSeen;
    if (was && !(ours && neutralSeen)) {
      // What is held now must be let go of first.
      askUntil = now();
    }
    if (!next.isSet() || (!was && ours && neutralSeen)) {
      turn();
    }
  }

  /** The lease comes from somebody else: what is held already must be let go of first. */
  void handed() {
    askUntil = now();
  }

  /** Arm was pressed: with nothing held, what begins now shows the robot neutral first. */
  void arming() {
    long now = now();
    askUntil = moves(linear(now), angular(now)) ? now : now + ASKING_MILLIS;
  }

  /** The session's channel is open. */
  void start() {
    connected = true;
    turn();
  }

  /** The session has ended, and the lease with it. */
  void end() {
    connected = false;
    leased = false;
    released = false;
    askUntil = now();
    heldOver = moves(linear(askUntil), angular(askUntil));
    next.cancel();
  }

  /** At once, or as soon as the last is not too near. */
  private void turnSoon() {
    long wait = sentAt + LEAST_GAP_MILLIS - now();
    if (wait > 0) {
      next.set(wait, this::turn);
    } else {
      turn();
    }
  }

  private void turn() {
    next.cancel();
    if (!connected) {
      return;
    }
    long now = now();
    if (moves(linear(now), angular(now))) {
      movingUntil = now + MOVING_ON_MILLIS;
    }
    boolean moving = now < movingUntil;
    if (moving || leased) {
      boolean asking = now < askUntil && !(leased && released);
      sender.send(asking ? 0 : linear(now), asking ? 0 : angular(now));
      sentAt = now;
      next.set(moving ? MOVING_EVERY_MILLIS : HOLDING_EVERY_MILLIS, this::turn);
    }
  }

  private double linear(long now) {
    return now < validUntil ? linear : 0;
  }

  private double angular(long now) {
    return now < validUntil ? angular : 0;
  }

  private static boolean moves(double linear, double angular) {
    return Math.abs(linear) > Drive.NEUTRAL || Math.abs(angular) > Drive.NEUTRAL;
  }

  private long now() {
    return TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - zero);
  }
}
