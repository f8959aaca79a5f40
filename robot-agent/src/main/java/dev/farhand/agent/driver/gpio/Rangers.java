package dev.farhand.agent.driver.gpio;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All rangers, pinged in turn so that none hears another's echo, on a thread of their own. */
final class Rangers implements AutoCloseable {
  /** HC-SR04 data sheet: over 60 ms from one measurement to the next. */
  private static final long TURN_NANOS = 65_000_000;

  private static final long FRESH_NANOS = 500_000_000;

  /** Two echoes may get lost before a ranger counts as silent. */
  private static final int FRESH_ROUNDS = 3;

  private final Map<String, Ranger> rangers = new LinkedHashMap<>();
  private volatile boolean closed;

  void add(String name, Ranger ranger) {
    rangers.put(name, ranger);
  }

  /**
   * Begins.
   *
   * @param failed told once, on the rangers' thread, of a ping that failed; they are silent then
   */
  void start(Consumer<RuntimeException> failed) {
    if (rangers.isEmpty()) {
      return;
    }
    List<Ranger> turns = new ArrayList<>(rangers.values());
    Thread pings = new Thread(() -> ping(turns, failed), "gpio-rangers");
    pings.setDaemon(true);
    pings.start();
  }

  private void ping(List<Ranger> turns, Consumer<RuntimeException> failed) {
    try {
      for (int turn = 0; !closed; turn = (turn + 1) % turns.size()) {
        turns.get(turn).ping();
        LockSupport.parkNanos(TURN_NANOS);
      }
    } catch (RuntimeException e) {
      if (!closed) {
        failed.accept(e);
      }
    }
  }

  /** Metres, null where nothing is in reach. */
  Map<String, @Nullable Double> metres() {
    long fresh = Math.max(FRESH_NANOS, FRESH_ROUNDS * TURN_NANOS * rangers.size());
    Map<String, @Nullable Double> all = new LinkedHashMap<>();
    rangers.forEach(
        (name, ranger) -> {
          OptionalDouble metres = ranger.metres(fresh);
          all.put(
              name, metres.isPresent() ? (Double) Telemetry.rounded(metres.getAsDouble()) : null);
        });
    return all;
  }

  /** No ping begins from here on. */
  @Override
  public void close() {
    closed = true;
  }
}
