package dev.farhand.agent.driver.gpio;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Pulses on pins that have no PWM unit: a thread of its own owns them and switches them. Not
 * diozero's, which spins through both halves of each pulse, a processor core a pin, ends silently
 * at the first write that fails, and has not yet switched off when it is told to.
 */
final class SoftwarePwm implements AutoCloseable {
  private static final long CALL_LIMIT_MILLIS = 100;

  private final ScheduledThreadPoolExecutor thread;
  private volatile @Nullable Throwable failure;

  SoftwarePwm() {
    thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread pulses = new Thread(task, "gpio-pwm");
              pulses.setDaemon(true);
              return pulses;
            });
    thread.setRemoveOnCancelPolicy(true);
  }

  /** Pulses a line, which is low and belongs to this from here on. */
  Output pulsing(Output line, int hertz) {
    return new Wave(line, TimeUnit.SECONDS.toNanos(1) / hertz);
  }

  /**
   * To be asked ten times a second.
   *
   * @throws IllegalStateException if a pulse could not be written since
   */
  void check() {
    Throwable failed = failure;
    if (failed != null) {
      throw new IllegalStateException("A pulsed pin could not be switched: " + failed, failed);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private void call(Runnable step) {
    try {
      thread.submit(step).get(CALL_LIMIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("A pulsed pin could not be set: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("The thread that pulses pins is stuck.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while setting a pulsed pin.", e);
    }
  }

  /** One line; all its fields belong to the thread. */
  private final class Wave implements Output {
    private final Output line;
    private final long period;

    // Made here, so that the first edges don't wait for it on a small board.
    private final Runnable rises = guarded(this::rise);
    private final Runnable falls = guarded(this::fall);
    private Future<?> next = CompletableFuture.completedFuture(null);
    private boolean pulsing;
    private long high;
    private long risesAt;

    Wave(Output line, long period) {
      this.line = line;
      this.period = period;
    }

    @Override
    public void set(double duty) {
      call(() -> change(Math.round(duty * period)));
    }

    private void change(long wanted) {
      high = wanted;
      if (wanted <= 0 || wanted >= period) {
        pulsing = false;
        next.cancel(false);
        line.set(wanted <= 0 ? 0 : 1);
      } else if (!pulsing) {
        pulsing = true;
        risesAt = System.nanoTime();
        rise();
      }
    }

    private void rise() {
      line.set(1);
      at(risesAt + high, falls);
    }

    private void fall() {
      line.set(0);
      risesAt += period;
      long now = System.nanoTime();
      if (risesAt - now < 0) {
        // The machine stood still; two pulses in a row would be a longer one.
        risesAt = now + period - high;
      }
      at(risesAt, rises);
    }

    private void at(long instant, Runnable edge) {
      next = thread.schedule(edge, instant - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private Runnable guarded(Runnable edge) {
      return () -> {
        try {
          edge.run();
        } catch (RuntimeException | Error e) {
          // The line may be high; the driver hears of it soon and ends.
          failure = e;
          pulsing = false;
          line.set(0);
        }
      };
    }

    @Override
    public void close() {
      call(line::close);
    }
  }
}
