package dev.farhand.agent.loop;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Notices that a loop does not come round any more: a thread of its own looks again and again. Any
 * thread.
 */
public final class LoopWatch implements AutoCloseable {
  private static final long LOOK_MILLIS = 250;

  private final Loop loop;
  private final long mostInVain;
  private final Consumer<String> hangs;
  private final AtomicLong rounds = new AtomicLong();
  private volatile boolean closed;

  /**
   * Nothing is watched yet.
   *
   * @param limit the longest that a round may take
   * @param hangs told once, on the watch's thread, what the loop is doing instead
   */
  public LoopWatch(Loop loop, Duration limit, Consumer<String> hangs) {
    this.loop = loop;
    this.mostInVain = limit.toMillis() / LOOK_MILLIS;
    this.hangs = hangs;
  }

  /** Begins when the task that calls this is over. Once, on the loop. */
  public void start() {
    loop.execute(rounds::incrementAndGet);
    loop.every(LOOK_MILLIS, rounds::incrementAndGet);
    Thread thread = new Thread(this::watch, "farhand-watch");
    thread.setDaemon(true);
    thread.start();
  }

  /** From now on somebody else sees to it that the loop ends. */
  @Override
  public void close() {
    closed = true;
  }

  /**
   * Counts looks, not time: where the whole process was stopped, the watch was too. What is before
   * the first round does not count: on a slow computer that is the loading of classes.
   */
  private void watch() {
    long seen = rounds.get();
    long inVain = 0;
    while (!closed && inVain < mostInVain) {
      try {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
      long now = rounds.get();
      inVain = now == seen && now > 0 ? inVain + 1 : 0;
      seen = now;
    }
    if (!closed) {
      hangs.accept(loop.stack());
    }
  }
}
