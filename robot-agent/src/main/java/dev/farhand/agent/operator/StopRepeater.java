package dev.farhand.agent.operator;

import dev.farhand.agent.loop.Alarm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/**
 * STOP, said again and again until the robot has confirmed it. A press while there is no session is
 * said at the start of the next one. Confined to the operator's loop.
 */
final class StopRepeater {
  private static final long REPEAT_MILLIS = 50;

  interface Sender {
    /**
     * Sends on the quick channel.
     *
     * @param first asks for the reliable one as well
     */
    void send(long id, boolean first);
  }

  private final NavigableMap<Long, CompletableFuture<Void>> presses = new TreeMap<>();
  private final Alarm again;
  private final Sender sender;
  private long ids;
  private boolean connected;

  StopRepeater(ScheduledExecutorService loop, Sender sender) {
    this.again = new Alarm(loop);
    this.sender = sender;
  }

  /** Whether a press still waits for its confirmation. */
  boolean isPending() {
    return !presses.isEmpty();
  }

  /** The future completes when the robot has confirmed. */
  void press(CompletableFuture<Void> confirmed) {
    presses.put(++ids, confirmed);
    say(true);
  }

  /** The robot has confirmed this press, and with it those before it. */
  void confirmed(long id) {
    for (CompletableFuture<Void> press : take(presses.headMap(id, true))) {
      press.complete(null);
    }
  }

  /** The robot will not do it; to repeat it would change nothing. */
  void refused(OperatorException refusal) {
    for (CompletableFuture<Void> press : take(presses)) {
      press.completeExceptionally(refusal);
    }
  }

  /** The session's channels are open. */
  void start() {
    connected = true;
    say(true);
  }

  /** The session has ended; what was not confirmed is said in the next. */
  void end() {
    connected = false;
    again.cancel();
  }

  private void say(boolean first) {
    again.cancel();
    if (connected && !presses.isEmpty()) {
      sender.send(presses.lastKey(), first);
      again.set(REPEAT_MILLIS, () -> say(false));
    }
  }

  private static List<CompletableFuture<Void>> take(Map<Long, CompletableFuture<Void>> some) {
    List<CompletableFuture<Void>> taken = new ArrayList<>(some.values());
    some.clear();
    return taken;
  }
}
