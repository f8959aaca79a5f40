package dev.farhand.agent.motion;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The mapped keys of one session. Its events come in order and none is lost, so what is down is
 * known exactly; what pushes is only what went down freshly while all others were up or pushed too,
 * and has been repeated in time. Confined to the agent's loop.
 */
final class Keys {
  private final KeyMap map;
  private final Promptness promptness;
  private final Set<String> down = new HashSet<>();
  private final Map<String, Long> pushing = new HashMap<>();

  /** At first it is not known what is held; from the first letting go on it is. */
  private boolean seenUp;

  Keys(KeyMap map, long latenessLimitMillis) {
    this.map = map;
    this.promptness = new Promptness(latenessLimitMillis);
  }

  boolean maps(KeyEvent event) {
    return map.of(event) != null;
  }

  /**
   * Takes the next event; of other keys, too, because they tell how quick the path is.
   *
   * @return whether it is a press that came in time
   */
  boolean take(KeyEvent event, long nowNanos) {
    boolean prompt = promptness.prompt(event.sentAt(), Math.floorDiv(nowNanos, 1_000_000));
    if (!maps(event)) {
      return false;
    }
    String key = event.key();
    if (!event.down()) {
      // However late: to end a push is never wrong.
      down.remove(key);
      pushing.remove(key);
      seenUp |= down.isEmpty();
      return false;
    }
    boolean mayBegin = allUp() || isPushing();
    boolean begins = down.add(key);
    if (prompt && (begins ? mayBegin : pushing.containsKey(key))) {
      pushing.put(key, nowNanos + map.hold().toNanos());
    }
    return prompt;
  }

  /** Whether every key is known to be up. */
  boolean allUp() {
    return seenUp && down.isEmpty();
  }

  boolean isPushing() {
    return !pushing.isEmpty();
  }

  /** What those that push ask for together. */
  KeyMap.Push push() {
    return pushing.keySet().stream()
        .map(map.pushes()::get)
        .reduce(KeyMap.Push.NEUTRAL, KeyMap.Push::and);
  }

  /** When the first of those that push falls silent. */
  long until() {
    return pushing.values().stream().mapToLong(Long::longValue).min().orElseThrow();
  }

  /** None pushes any more until all have come up. */
  void spend() {
    pushing.clear();
  }
}
