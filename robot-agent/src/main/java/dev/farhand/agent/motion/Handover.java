package dev.farhand.agent.motion;

import dev.farhand.protocol.ChannelMessage.Refused;
import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage.Role;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How the lease goes from one to another: taken when free, asked for, given, refused, taken over.
 * After each the robot stands and waits for neutral. Confined to the agent's loop.
 */
final class Handover {
  private final Lease lease;
  private final Course course;
  private final Arbiter.Output output;
  private final LongSupplier newest;
  private final Requests requests;

  /**
   * Nobody asks.
   *
   * @param newest the {@link Participant#order} of the session that began last
   */
  Handover(
      MotionSettings.LeaseTimes times,
      Lease lease,
      Course course,
      Arbiter.Output output,
      LongSupplier newest) {
    this.lease = lease;
    this.course = course;
    this.output = output;
    this.newest = newest;
    this.requests = new Requests(times);
  }

  List<Requests.Waiting> standing() {
    return requests.standing();
  }

  /** Whether this one holds the lease, if need be from now on. */
  boolean mayHold(Participant from, long now) {
    if (lease.heldBy(from)) {
      return true;
    }
    if (!lease.openTo(from)) {
      return false;
    }
    give(from, from.order, now);
    return true;
  }

  Optional<Refused> request(Participant from, long now) {
    if (lease.heldBy(from)) {
      return Optional.empty();
    }
    Participant holder = lease.holder();
    if (holder != null && !holder.operator.id().equals(from.operator.id())) {
      return requests.ask(from, now);
    }
    // A person's other tab needs nobody's leave, whichever of the two is the older.
    Optional<Refused> tooSoon = holder == null ? Optional.empty() : requests.count(from, now);
    if (tooSoon.isEmpty()) {
      give(from, now);
    }
    return tooSoon;
  }

  Optional<Refused> withdraw(Participant from, long now) {
    requests.withdraw(from);
    return Optional.empty();
  }

  Optional<Refused> grant(Participant from, String to, long now) {
    Optional<Participant> asking = requests.of(to);
    if (!lease.heldBy(from) || asking.isEmpty()) {
      return cannotAnswer("grant", from);
    }
    give(asking.get(), now);
    return Optional.empty();
  }

  Optional<Refused> refuse(Participant from, String to, long now) {
    Optional<Participant> asking = requests.of(to);
    if (!lease.heldBy(from) || asking.isEmpty()) {
      return cannotAnswer("refuse", from);
    }
    output.refused(asking.get().sessionId, requests.refuse(asking.get(), from, now));
    return Optional.empty();
  }

  Optional<Refused> takeOver(Participant from, long now) {
    if (from.role != Role.OWNER) {
      return Refusal.of("take-over", Code.ROLE_FORBIDDEN, "Only an owner can take over.");
    }
    if (!lease.heldBy(from)) {
      give(from, now);
    }
    return Optional.empty();
  }

  void closed(Participant gone) {
    requests.closed(gone);
  }

  /** The holder's silence frees the lease, and its silence to a request grants it. */
  void expire(long now) {
    if (lease.expired(now)) {
      course.idle();
      lease.free();
    }
    Optional<Participant> next = lease.holder() == null ? requests.first() : requests.due(now);
    next.ifPresent(to -> give(to, now));
  }

  /** To who asked: also an older session keeps it while the newer ones go on driving. */
  private void give(Participant to, long now) {
    give(to, newest.getAsLong(), now);
  }

  private void give(Participant to, long newestOrder, long now) {
    Participant before = lease.holder();
    course.begin();
    lease.take(to, newestOrder, now);
    if (before == null || !before.operator.id().equals(to.operator.id())) {
      requests.handedTo(to, now);
    }
  }

  private Optional<Refused> cannotAnswer(String what, Participant from) {
    return lease.heldBy(from)
        ? Refusal.of(what, Code.NO_SUCH_REQUEST, Code.NO_SUCH_REQUEST.sentence())
        : Refusal.of(what, Code.LEASE_HELD, "Only who drives answers requests.");
  }
}
