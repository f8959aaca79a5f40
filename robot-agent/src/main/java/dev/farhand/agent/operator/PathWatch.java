package dev.farhand.agent.operator;

import dev.farhand.agent.loop.Alarm;
import dev.farhand.agent.signaling.Recovery;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Watches over a session's path by the robot's beat, which comes ten times a second. Confined to
 * the operator's loop.
 */
final class PathWatch {
  /** No beat for this long: the path is weak. */
  private static final long WEAK_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

  /**
   * Short cuts heal by themselves as soon as packets flow; changed addresses need a new search, and
   * the old path stays in use until there is a better one.
   */
  private static final long RESTART_NANOS = TimeUnit.MILLISECONDS.toNanos(700);

  /** The next search, if that one found nothing. */
  private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private static final long LOOK_MILLIS = 100;
  private static final int MOST_RESTARTS = 3;

  interface Events {
    /** The robot has fallen silent, or is heard again. */
    void weak(boolean weak);

    /** Search a path anew. False if that cannot be said at the moment. */
    boolean restart();

    /** Nothing helped: this session is lost. */
    void lost();
  }

  private final Alarm look;
  private final LongSupplier nanoTime;
  private final Events events;
  private long heardAt;
  private long restartedAt;
  private int restarts;
  private boolean restarted;
  private boolean weak;

  PathWatch(ScheduledExecutorService loop, LongSupplier nanoTime, Events events) {
    this.look = new Alarm(loop);
    this.nanoTime = nanoTime;
    this.events = events;
  }

  /**
   * Whether the robot was not heard for two beats: too early to say so, with nothing else wrong.
   */
  boolean isLate() {
    return nanoTime.getAsLong() - heardAt > LATE_NANOS;
  }

  /** The channels are open. */
  void start() {
    heard();
    look.set(LOOK_MILLIS, this::look);
  }

  /** The robot was heard. */
  void heard() {
    heardAt = nanoTime.getAsLong();
    restarts = 0;
    restarted = false;
    weaken(false);
  }

  /** The path itself was given up. */
  void failed() {
    weaken(true);
    restart();
  }

  void close() {
    look.cancel();
  }

  private void look() {
    look.set(LOOK_MILLIS, this::look);
    long silent = nanoTime.getAsLong() - heardAt;
    if (!Recovery.isOurs()) {
      return;
    }
    if (silent >= WEAK_NANOS) {
      weaken(true);
    }
    if (silent >= RESTART_NANOS) {
      restart();
    }
  }

  private void weaken(boolean now) {
    if (weak != now) {
      weak = now;
      events.weak(now);
    }
  }

  private void restart() {
    long now = nanoTime.getAsLong();
    if (restarted && now - restartedAt < AGAIN_NANOS) {
      return;
    }
    if (restarts >= MOST_RESTARTS) {
      close();
      events.lost();
    } else if (events.restart()) {
      restarts++;
      restarted = true;
      restartedAt = now;
    }
  }
}
