package dev.farhand.agent.session;

import java.util.function.LongSupplier;

/** A token bucket of messages. Confined to the agent's loop. */
public final class MessageBudget {
  private static final double NANOS_PER_SECOND = 1e9;

  private final double atOnce;
  private final double perSecond;
  private final LongSupplier nanoTime;
  private double left;
  private long filledAt;

  /**
   * @param atOnce so many may come in one burst
   * @param perSecond and so many go on coming
   */
  public MessageBudget(int atOnce, int perSecond, LongSupplier nanoTime) {
    this.atOnce = atOnce;
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
    this.left = atOnce;
    this.filledAt = nanoTime.getAsLong();
  }

  /** Takes one message; false if there were too many. */
  public boolean take() {
    long now = nanoTime.getAsLong();
    left = Math.min(atOnce, left + (now - filledAt) / NANOS_PER_SECOND * perSecond);
    filledAt = now;
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
