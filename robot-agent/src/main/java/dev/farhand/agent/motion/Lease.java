package dev.farhand.agent.motion;

import org.jspecify.annotations.Nullable;

/** The right to drive: one holder at most. Confined to the agent's loop. */
final class Lease {
  private final long timeoutNanos;
  private @Nullable Participant holder;
  private long heardAt;

  Lease(long timeoutNanos) {
    this.timeoutNanos = timeoutNanos;
  }

  @Nullable Participant holder() {
    return holder;
  }

  boolean heldBy(Participant participant) {
    return holder == participant;
  }

  /** Vacant, or held from an older or ended session of the same operator. */
  boolean openTo(Participant participant) {
    return holder == null
        || (holder.operator.id().equals(participant.operator.id())
            && (holder.closed || participant.order > holder.order));
  }

  void take(Participant participant, long nowNanos) {
    holder = participant;
    heardAt = nowNanos;
  }

  void heard(Participant from, long nowNanos) {
    if (holder == from) {
      heardAt = nowNanos;
    }
  }

  boolean expired(long nowNanos) {
    return holder != null && nowNanos - heardAt >= timeoutNanos;
  }

  void free() {
    holder = null;
  }
}
