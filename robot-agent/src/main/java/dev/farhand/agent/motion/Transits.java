package dev.farhand.agent.motion;

import java.util.Arrays;

/**
 * How quick one session's path has been: the least transit of the last window. A transit is the
 * arrival on the robot's clock less the sending on the operator's, so it holds an unknown constant
 * and only differences mean anything. Bounded: one minimum for each of a fixed number of slots.
 * Confined to the agent's loop.
 */
final class Transits {
  private static final int SLOTS = 31;

  private final long slotMillis;
  private final long[] least = new long[SLOTS];
  private final long[] slots = new long[SLOTS];

  Transits(long windowMillis) {
    // The slot that has just begun is worth nothing yet, hence one more than the window needs.
    this.slotMillis = Math.max(1, windowMillis / (SLOTS - 1));
    forget();
  }

  void add(long transit, long nowMillis) {
    long slot = Math.floorDiv(nowMillis, slotMillis);
    int index = Math.floorMod(slot, SLOTS);
    if (slots[index] != slot) {
      slots[index] = slot;
      least[index] = transit;
    } else {
      least[index] = Math.min(least[index], transit);
    }
  }

  /** The quickest; there is one, because the transit in question has been added. */
  long quickest(long nowMillis) {
    long slot = Math.floorDiv(nowMillis, slotMillis);
    long quickest = Long.MAX_VALUE;
    for (int i = 0; i < SLOTS; i++) {
      if (slots[i] > slot - SLOTS) {
        quickest = Math.min(quickest, least[i]);
      }
    }
    return quickest;
  }

  void forget() {
    Arrays.fill(slots, Long.MIN_VALUE);
  }
}
