package dev.farhand.agent.motion;

import java.util.TreeSet;

/** The beats that went out and may still be returned. Confined to the agent's loop. */
final class Beats {
  private final long ageMillis;
  private final TreeSet<Long> issued = new TreeSet<>();

  Beats(long ageMillis) {
    this.ageMillis = ageMillis;
  }

  /** Bounded: one entry a millisecond at most, each for the permitted age. */
  long issue(long nowMillis) {
    issued.headSet(nowMillis - ageMillis).clear();
    issued.add(nowMillis);
    return nowMillis;
  }

  /** Whether this beat went out, and recently: a guessed one, or one of the future, did not. */
  boolean recent(long beat, long nowMillis) {
    return beat >= nowMillis - ageMillis && issued.contains(beat);
  }
}
