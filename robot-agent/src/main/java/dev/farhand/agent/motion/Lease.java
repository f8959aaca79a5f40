package dev.farhand.agent.motion;

import org.jspecify.annotations.Nullable;

/** The right to drive: one holder at most. Confined to the agent's loop. */
final class Lease {
  private final long timeoutNanos;
  private @Nullable Participant holder;

  /** The operator's sessions after this one take the lease by driving. */
  private long since;

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

  /** Vacant, or held from an ended session of the same operator, or since before this one. */
  boolean openTo(Participant participant) {
    return holder == null
        || (holder.operator.id().equals(participant.operator.id())
            && (holder.closed || participant.order > since));
  }

  /**
   * @param newest the {@link Participant#order} up to which sessions of the same operator do not
   *     take the lease by driving
   */
  void take(Participant participant, long newest, long nowNanos) {
    holder = participant;
    since = newest;
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
