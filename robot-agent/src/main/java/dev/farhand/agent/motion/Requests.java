package dev.farhand.agent.motion;

import dev.farhand.protocol.ChannelMessage.Refused;
import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage.Operator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for the lease, in the order of their asking, one request an operator; and who has to
 * wait before asking again. There are some only while somebody holds the lease. Confined to the
 * agent's loop.
 */
final class Requests {
  /** As many as anybody would read. */
  static final int MOST = 8;

  /** Each request is told to everybody, so nobody asks as quickly as they like, or their tabs. */
  private static final Duration BETWEEN = Duration.ofSeconds(2);

  private final MotionSettings.LeaseTimes times;
  private final List<Request> standing = new ArrayList<>();
  private final Map<String, Long> notBefore = new HashMap<>();

  /**
   * A request that stands.
   *
   * @param by gets the lease
   * @param grantAt when silence grants it, on the robot's clock
   */
  private record Request(Participant by, long grantAt) {}

  /**
   * What everybody is told of a request; which of the operator's sessions made it is no news.
   *
   * @param grantAt when silence grants it, on the robot's clock
   */
  record Waiting(Operator operator, long grantAt) {}

  Requests(MotionSettings.LeaseTimes times) {
    this.times = times;
  }

  /** All of them, the oldest first. */
  List<Waiting> standing() {
    return standing.stream()
        .map(request -> new Waiting(request.by().operator, request.grantAt()))
        .toList();
  }

  /** The one who has waited longest. */
  Optional<Participant> first() {
    return standing.stream().map(Request::by).findFirst();
  }

  /** The one whom the holder's silence gives the lease. */
  Optional<Participant> due(long nowNanos) {
    return standing.stream()
        .filter(request -> nowNanos - request.grantAt() >= 0)
        .map(Request::by)
        .findFirst();
  }

  /** Who asks, of the operators with this ID. */
  Optional<Participant> of(String operatorId) {
    return standing.stream()
        .map(Request::by)
        .filter(by -> by.operator.id().equals(operatorId))
        .findFirst();
  }

  /** Empty if the request stands from now on, or did already; otherwise why not. */
  Optional<Refused> ask(Participant from, long nowNanos) {
    for (int i = 0; i < standing.size(); i++) {
      Request before = standing.get(i);
      if (before.by() == from) {
        return Optional.empty();
      }
      if (before.by().operator.id().equals(from.operator.id())) {
        Optional<Refused> tooSoon = count(from, nowNanos);
        if (tooSoon.isEmpty()) {
          // The tab that asked last gets it, no sooner than the one before would have.
          standing.set(i, new Request(from, before.grantAt()));
        }
        return tooSoon;
      }
    }
    if (standing.size() >= MOST) {
      return refuse(Code.TOO_MANY_WAITING, MOST + " others ask already. Try again later.", null);
    }
    Optional<Refused> tooSoon = count(from, nowNanos);
    if (tooSoon.isEmpty()) {
      standing.add(new Request(from, nowNanos + times.grantAfter().toNanos()));
    }
    return tooSoon;
  }

  /** Empty if the operator may ask now, and not again for a while; otherwise why not. */
  Optional<Refused> count(Participant from, long nowNanos) {
    notBefore.values().removeIf(at -> nowNanos - at >= 0);
    Long until = notBefore.get(from.operator.id());
    if (until != null) {
      long millis = (until - nowNanos) / 1_000_000 + 1;
      return refuse(
          Code.LEASE_REFUSED, "You can ask again in " + (millis + 999) / 1000 + " s.", millis);
    }
    notBefore.put(from.operator.id(), nowNanos + BETWEEN.toNanos());
    return Optional.empty();
  }

  /** The operator asks no more. */
  void withdraw(Participant from) {
    standing.removeIf(request -> request.by().operator.id().equals(from.operator.id()));
  }

  /** The session has ended, and its request with it. */
  void closed(Participant gone) {
    standing.removeIf(request -> request.by() == gone);
  }

  /** The holder keeps the lease. The result is for the one who asked. */
  Refused refuse(Participant asking, Participant holder, long nowNanos) {
    withdraw(asking);
    Duration wait = times.askAgainAfter();
    notBefore.put(asking.operator.id(), nowNanos + wait.toNanos());
    return new Refused(
        "request",
        Code.LEASE_REFUSED,
        holder.operator.name()
            + " keeps the robot. You can ask again in "
            + wait.toSeconds()
            + " s.",
        wait.toMillis());
  }

  /** Another operator is the holder, who has all of the time to answer the others. */
  void handedTo(Participant holder, long nowNanos) {
    withdraw(holder);
    // Whoever has the lease was not refused, but did ask.
    long soon = nowNanos + BETWEEN.toNanos();
    notBefore.computeIfPresent(holder.operator.id(), (id, at) -> at - soon > 0 ? soon : at);
    standing.replaceAll(
        request -> new Request(request.by(), nowNanos + times.grantAfter().toNanos()));
  }

  private static Optional<Refused> refuse(Code code, String reason, @Nullable Long againMillis) {
    return Optional.of(new Refused("request", code, reason, againMillis));
  }
}
