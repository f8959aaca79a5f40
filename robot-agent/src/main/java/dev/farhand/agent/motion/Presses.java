package dev.farhand.agent.motion;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One session's newest presses of STOP by their ids, and what became of each: a late copy must not
 * latch again after Arm. Ten seconds after the last copy an id is a new press. Confined to the
 * agent's loop.
 */
final class Presses {
  private static final int MOST = 8;
  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** The one that was heard last is the last. */
  private final Map<Long, Heard> heard = new LinkedHashMap<>();

  private record Heard(Latch.Press press, long at) {}

  /** What became of this press when it came first; empty if it comes now. */
  Optional<Latch.Press> recall(long id, long nowNanos) {
    heard.values().removeIf(one -> nowNanos - one.at >= KEPT_NANOS);
    Optional<Latch.Press> press = Optional.ofNullable(heard.remove(id)).map(Heard::press);
    press.ifPresent(known -> remember(id, known, nowNanos));
    return press;
  }

  void remember(long id, Latch.Press press, long nowNanos) {
    heard.put(id, new Heard(press, nowNanos));
    if (heard.size() > MOST) {
      Iterator<Long> oldest = heard.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }
}
