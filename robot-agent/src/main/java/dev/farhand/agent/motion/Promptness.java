package dev.farhand.agent.motion;

/**
 * Whether events came without delay, by the sender's clock and no beat. As in {@link Transits} the
 * quickest of the path is the measure. But nothing else proves that even that one was quick, and
 * events are rare: so the quickest counts for the whole session, and nothing counts before a second
 * has passed since it was found. A queue that empties after a cut comes within less, each event
 * quicker than the one before. Confined to the agent's loop.
 */
final class Promptness {
  /** More than the emptying of a full queue takes. */
  private static final long SETTLING_MILLIS = 1000;

  /** Two clocks part by less than a ten-thousandth. */
  private static final long DRIFT = 10_000;

  private final long limitMillis;
  private boolean begun;
  private long quickest;
  private long quickestAt;
  private long settling;
  private long settlingSince;

  Promptness(long limitMillis) {
    this.limitMillis = limitMillis;
  }

  /** Takes each event, in the order of their coming. */
  boolean prompt(long sentAt, long nowMillis) {
    long transit = nowMillis - sentAt;
    if (!begun || settling - transit > limitMillis) {
      settling = transit;
      settlingSince = nowMillis;
    }
    long measure = quickest + (nowMillis - quickestAt) / DRIFT;
    if (!begun || transit < measure) {
      quickest = transit;
      quickestAt = nowMillis;
      measure = transit;
    }
    begun = true;
    return transit - measure <= limitMillis && nowMillis - settlingSince >= SETTLING_MILLIS;
  }
}
