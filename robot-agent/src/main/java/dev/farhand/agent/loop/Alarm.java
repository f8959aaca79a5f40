package dev.farhand.agent.loop;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One task at a later time; setting it anew replaces the one that was set. Confined to its loop.
 */
public final class Alarm {
  private final ScheduledExecutorService loop;
  private @Nullable Future<?> set;

  public Alarm(ScheduledExecutorService loop) {
    this.loop = loop;
  }

  public void set(long millis, Runnable task) {
    cancel();
    set =
        loop.schedule(
            () -> {
              set = null;
              task.run();
            },
            millis,
            TimeUnit.MILLISECONDS);
  }

  public void cancel() {
    if (set != null) {
      set.cancel(false);
      set = null;
    }
  }

  public boolean isSet() {
    return set != null;
  }
}
