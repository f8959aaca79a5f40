package dev.farhand.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.config.DriverSettings;
import dev.farhand.agent.driver.Drivers;
import dev.farhand.agent.loop.Loop;
import dev.farhand.agent.motion.Arbiter;
import dev.farhand.agent.motion.MotionSettings.Limits;
import dev.farhand.protocol.ChannelMessage.Cause;
import dev.farhand.protocol.ChannelMessage.Drive;
import dev.farhand.protocol.ChannelMessage.Refused;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Moves the robot a little, with its drivers and the agent's arbiter in front of them, but with no
 * agent, server or operator elsewhere. Any thread; the state is confined to a loop of its own.
 */
final class Trial implements AutoCloseable {
  private static final String SESSION = "try";
  private static final long TICK_MILLIS = 20;
  private static final long DRIVE_MILLIS = 50;
  private static final long END_MILLIS = 1000;

  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final Loop loop = new Loop("farhand-try", this::broken);
  private final Limits limits;
  private final Arbiter arbiter;
  private final Drivers drivers;
  private CompletableFuture<Boolean> under = CompletableFuture.completedFuture(true);
  private double linear;
  private double angular;
  private long until;
  private long seq;

  /** Starts the drivers. */
  Trial(DriverSettings settings) {
    // A wheel that is tried alone must not have the other turn with it.
    limits = settings.motion().limits().even();
    arbiter = new Arbiter(settings.motion().with(limits), System::nanoTime, new Motion());
    drivers = new Drivers(settings.robotId(), settings.drivers(), loop, new Replies());
    loop.execute(
        () -> {
          arbiter.opened(SESSION, new Operator(SESSION, SESSION), Role.DRIVER);
          drivers.start();
          loop.every(TICK_MILLIS, arbiter::tick);
          loop.every(DRIVE_MILLIS, this::drive);
        });
  }

  /** Completes when all drivers that take motion are ready; fails if that cannot be. */
  CompletableFuture<Void> ready() {
    return ready.copy();
  }

  /**
   * Moves like this, in place of what it does.
   *
   * @return completes when it stands again: false if something else than the time, {@link #stop} or
   *     another move has ended it
   */
  CompletableFuture<Boolean> move(double linear, double angular, Duration time) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    loop.execute(
        () -> {
          under.complete(true);
          wish(0, 0);
          under = done;
          double share = limits.share(linear, angular);
          this.linear = linear * share;
          this.angular = angular * share;
          until = System.nanoTime() + time.toNanos();
          wish(this.linear, this.angular);
          if (!arbiter.moving()) {
            halt(false);
          }
        });
    return done;
  }

  /** Safe outputs, at once. */
  void stop() {
    loop.execute(() -> halt(true));
  }

  /** Safe outputs, and the end of the drivers. Waits for it, a second at most. */
  @Override
  public void close() {
    CompletableFuture.runAsync(
            () -> {
              halt(true);
              drivers.close();
            },
            loop)
        .thenCompose(closed -> drivers.ended())
        .completeOnTimeout(null, END_MILLIS, TimeUnit.MILLISECONDS)
        .join();
    loop.shutdownNow();
  }

  private void drive() {
    if (!under.isDone() && System.nanoTime() - until >= 0) {
      halt(true);
    }
    wish(linear, angular);
  }

  private void wish(double linear, double angular) {
    long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    arbiter.drive(SESSION, new Drive(++seq, now, arbiter.beat(), linear, angular));
  }

  private void halt(boolean asked) {
    linear = 0;
    angular = 0;
    wish(0, 0);
    drivers.stop(Cause.IDLE);
    under.complete(asked);
  }

  private void broken(Throwable bug) {
    // The drivers stop by themselves when no motion comes.
    ready.completeExceptionally(bug);
    under.completeExceptionally(bug);
  }

  private final class Motion implements Arbiter.Output {
    @Override
    public void motion(double linear, double angular, long untilNanos) {
      drivers.motion(linear, angular, untilNanos);
    }

    @Override
    public void stop(Cause cause) {
      drivers.stop(cause);
      // Not from within the arbiter.
      loop.execute(
          () -> {
            if (!under.isDone()) {
              halt(false);
            }
          });
    }

    @Override
    public void refused(String sessionId, Refused refused) {
      // Nobody else asks.
    }

    @Override
    public void changed() {
      // Nobody watches.
    }
  }

  private final class Replies implements Drivers.Listener {
    @Override
    public void motionUp(boolean up) {
      arbiter.driverUp(up);
      if (up) {
        ready.complete(null);
      }
    }

    @Override
    public void message(Optional<String> sessionId, JsonNode data) {
      // Nobody is there.
    }
  }
}
