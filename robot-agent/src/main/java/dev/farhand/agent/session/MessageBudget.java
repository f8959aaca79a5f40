package dev.farhand.agent.session;

import java.util.function.LongSupplier;

/** A token bucket of one second's messages. Confined to the agent's loop. */
final class MessageBudget {
  private static final double NANOS_PER_SECOND = 1e9;

  private final double perSecond;
  private final LongSupplier nanoTime;
  private double left;
  private long filledAt;

  MessageBudget(int perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
    this.left = perSecond;
    this.filledAt = nanoTime.getAsLong();
  }

  /** Takes one message; false if the second's share is used up. */
  boolean take() {
    long now = nanoTime.getAsLong();
    left = Math.min(perSecond, left + (now - filledAt) / NANOS_PER_SECOND * perSecond);
    filledAt = now;
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
