package dev.farhand.signaling.board;

import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage.Media;
import dev.farhand.protocol.SignalMessage.Role;
import dev.farhand.signaling.board.Place.Holder;
import dev.farhand.signaling.board.Place.Session;
import dev.farhand.signaling.board.Place.Turn;
import dev.farhand.signaling.bounds.Limits;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The switchboard of a server that runs alone. A place changes only inside the map's atomic {@code
 * compute}, which also hands out the notices of the change, so that everybody hears of changes in
 * the order in which they happened.
 */
public final class LocalSwitchboard implements Switchboard {
  private static final String UNANSWERED =
      "The robot's program closed its connection before it answered. Join again.";

  private static final String NO_VIEWERS =
      "This robot is an RTCBot program, which obeys whoever is connected: it takes no viewers. Ask"
          + " for a driver's invitation.";

  private final ConcurrentHashMap<String, Place> places = new ConcurrentHashMap<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Limits limits;
  private final Joins joins;
  private final Clock clock;

  public LocalSwitchboard(Limits limits, Joins joins, Clock clock) {
    this.limits = limits;
    this.joins = joins;
    this.clock = clock;
  }

  @Override
  public Future<Long> claim(Registration registration, Mailbox robot) {
    AtomicLong epoch = new AtomicLong();
    change(
        registration.robotId(),
        place -> {
          Holder old = place.holder();
          long known = old == null ? 0 : old.epoch();
          long mine = Math.max(clock.millis(), Math.max(registration.lastEpoch() + 1, known + 1));
          epoch.set(mine);
          Takeovers takeovers = place.takeovers();
          if (old != null) {
            old.mailbox().deliver(new Notice.Superseded(registration.instance(), mine));
            if (registration.byTurns() && old.turn() != Turn.RETURNING) {
              takeovers = takeovers.plus(clock.instant());
            }
          }
          Map<String, Session> sessions = new HashMap<>();
          place
              .sessions()
              .forEach(
                  (id, session) -> {
                    if (registration.sessions().contains(id)) {
                      keep(sessions, id, session);
                    } else if (registration.byTurns() && session.settled()) {
                      sessions.put(id, session);
                    } else {
                      tell(session.operator(), ended(id, Code.ROBOT_RESTARTED));
                    }
                  });
          wake(place);
          Holder holder = new Holder(registration, mine, robot, Turn.FREE);
          return new Place(holder, sessions, List.of(), takeovers);
        });
    return Future.succeededFuture(epoch.get());
  }

  @Override
  public Future<Boolean> release(String robotId, long epoch) {
    AtomicBoolean held = new AtomicBoolean();
    changeHeld(
        robotId,
        epoch,
        (place, holder) -> {
          held.set(true);
          boolean byTurns = holder.registration().byTurns();
          Map<String, Session> sessions = new HashMap<>();
          place
              .sessions()
              .forEach(
                  (id, session) -> {
                    if (byTurns && !session.settled()) {
                      tell(session.operator(), new Notice.Ended(id, Code.PEER_FAILED, UNANSWERED));
                    } else {
                      keep(sessions, id, session);
                    }
                  });
          place.waiting().forEach(operator -> operator.deliver(new Notice.RobotWent()));
          return new Place(null, sessions, place.waiting(), place.takeovers());
        });
    return Future.succeededFuture(held.get());
  }

  @Override
  public Future<Boolean> isContested(String robotId) {
    Place place = places.get(robotId);
    if (place == null) {
      return Future.succeededFuture(false);
    }
    Holder holder = place.holder();
    return Future.succeededFuture(
        holder != null
            && holder.turn() != Turn.RETURNING
            && place.takeovers().areTooMany(clock.instant()));
  }

  @Override
  public void ready(String robotId, long epoch) {
    changeHeld(
        robotId,
        epoch,
        (place, holder) -> {
          wake(place);
          return place.withHolder(holder.with(Turn.FREE)).withWaiting(List.of());
        });
  }

  @Override
  public void pause(String robotId, long epoch) {
    changeHeld(robotId, epoch, (place, holder) -> place.withHolder(holder.with(Turn.RETURNING)));
  }

  @Override
  public void settle(String robotId, String sessionId, Mailbox robot) {
    change(
        robotId,
        place -> {
          Session session = place.sessions().get(sessionId);
          return session == null || session.robot() != robot
              ? place
              : place.with(sessionId, session.settle());
        });
  }

  @Override
  public void show(String robotId, long epoch, List<Media> media) {
    changeHeld(robotId, epoch, (place, holder) -> place.withHolder(holder.showing(media)));
  }

  @Override
  public Future<Boolean> isPresent(String robotId) {
    Place place = places.get(robotId);
    return Future.succeededFuture(place != null && place.holder() != null);
  }

  @Override
  public Future<Reception> open(
      String robotId, Notice.Arrived arrival, boolean waits, Mailbox operator) {
    AtomicReference<Reception> answer = new AtomicReference<>(new Reception.Wait());
    change(
        robotId,
        place -> {
          Holder holder = place.holder();
          if (holder != null && holder.registration().byTurns() && arrival.role() == Role.VIEWER) {
            answer.set(new Reception.Sorry(Code.ROLE_FORBIDDEN, NO_VIEWERS));
            return place;
          }
          if (holder == null || holder.turn() != Turn.FREE) {
            Code refusal = waits || holder != null ? await(place) : Code.ROBOT_AWAY;
            if (refusal != null) {
              answer.set(new Reception.Sorry(refusal));
              return place;
            }
            return place.alsoWaiting(operator);
          }
          if (place.sessions().size() >= limits.sessionsPerRobot()) {
            answer.set(new Reception.Sorry(Code.TOO_MANY_SESSIONS));
            return place;
          }
          Duration early = joins.take(robotId, arrival.invitation());
          if (!early.isZero()) {
            answer.set(new Reception.Sorry(Code.TOO_MANY_CONNECTIONS, tooOften(early)));
            return place;
          }
          holder.mailbox().deliver(arrival);
          answer.set(new Reception.Welcome(holder.registration()));
          return place
              .withHolder(holder.used())
              .with(arrival.sessionId(), new Session(holder.mailbox(), operator));
        });
    return Future.succeededFuture(answer.get());
  }

  @Override
  public void forget(String robotId, Mailbox operator) {
    change(
        robotId,
        place -> {
          List<Mailbox> rest = place.waiting().stream().filter(m -> m != operator).toList();
          waiting.addAndGet(rest.size() - place.waiting().size());
          return place.withWaiting(rest);
        });
  }

  @Override
  public Future<Reception> attachOperator(
      String robotId, String sessionId, String instance, Mailbox operator) {
    AtomicReference<Reception> answer = new AtomicReference<>(new Reception.Wait());
    change(
        robotId,
        place -> {
          Holder holder = place.holder();
          Session session = place.sessions().get(sessionId);
          if (session == null) {
            Code refusal = refuseReturn(place, sessionId, instance);
            if (refusal != null) {
              answer.set(new Reception.Sorry(refusal));
              return place;
            }
            return place.with(sessionId, new Session(null, operator));
          }
          if (session.operator() != operator) {
            tell(session.operator(), new Notice.Replaced(sessionId));
            tell(session.robot(), new Notice.Presence(sessionId, true));
          }
          if (session.robot() != null && holder != null) {
            answer.set(new Reception.Welcome(holder.registration()));
          }
          return place.with(sessionId, session.withOperator(operator));
        });
    return Future.succeededFuture(answer.get());
  }

  @Override
  public Future<Reception> attachRobot(String robotId, String sessionId, long epoch) {
    AtomicReference<Reception> answer =
        new AtomicReference<>(new Reception.Sorry(Code.NO_SUCH_SESSION));
    change(
        robotId,
        place -> {
          Holder holder = place.holder();
          if (holder == null || holder.epoch() != epoch) {
            return place;
          }
          Session session = place.sessions().getOrDefault(sessionId, new Session(null, null));
          if (!session.has(holder.mailbox())
              && session.operator() == null
              && place.sessions().size() >= limits.sessionsPerRobot()) {
            answer.set(new Reception.Sorry(Code.TOO_MANY_SESSIONS));
            return place;
          }
          tell(session.operator(), new Notice.Presence(sessionId, true));
          answer.set(
              session.operator() == null
                  ? new Reception.Wait()
                  : new Reception.Welcome(holder.registration()));
          return place.with(sessionId, session.withRobot(holder.mailbox()));
        });
    return Future.succeededFuture(answer.get());
  }

  @Override
  public void detachOperator(String robotId, String sessionId, Mailbox operator) {
    change(
        robotId,
        place -> {
          Session session = place.sessions().get(sessionId);
          if (session == null || session.operator() != operator) {
            return place;
          }
          tell(session.robot(), new Notice.Presence(sessionId, false));
          return place.with(sessionId, session.withOperator(null));
        });
  }

  @Override
  public void relay(String robotId, Notice.Relayed message, Mailbox from) {
    Place place = places.get(robotId);
    Session session = place == null ? null : place.sessions().get(message.sessionId());
    if (session != null && session.has(from)) {
      tell(session.other(from), message);
    }
  }

  @Override
  public void end(String robotId, String sessionId, Code code, String reason, Mailbox by) {
    change(
        robotId,
        place -> {
          Session session = place.sessions().get(sessionId);
          if (session == null || !session.has(by)) {
            return place;
          }
          tell(session.other(by), new Notice.Ended(sessionId, code, reason));
          Holder holder = place.holder();
          return place
              .withHolder(holder == null ? null : holder.without(sessionId))
              .with(sessionId, new Session(null, null));
        });
  }

  /** Whether nobody is here, waits, or has a session. */
  boolean isEmpty() {
    return places.isEmpty() && waiting.get() == 0;
  }

  private void change(String robotId, UnaryOperator<Place> change) {
    places.compute(
        robotId,
        (id, place) -> {
          Place changed = change.apply(place == null ? Place.EMPTY : place);
          return changed.isEmpty() ? null : changed;
        });
  }

  /** Changes the place if that registration still holds it. */
  private void changeHeld(String robotId, long epoch, BiFunction<Place, Holder, Place> change) {
    change(
        robotId,
        place -> {
          Holder holder = place.holder();
          return holder == null || holder.epoch() != epoch ? place : change.apply(place, holder);
        });
  }

  /** Why nobody more may wait here; if nothing speaks against it, one more does. */
  private @Nullable Code await(Place place) {
    if (place.waiting().size() >= limits.waitingPerRobot()) {
      return Code.TOO_MANY_WAITING;
    }
    if (waiting.incrementAndGet() > limits.waiting()) {
      waiting.decrementAndGet();
      return Code.TOO_MANY_WAITING;
    }
    return null;
  }

  private void wake(Place place) {
    waiting.addAndGet(-place.waiting().size());
    place.waiting().forEach(operator -> operator.deliver(new Notice.RobotCame()));
  }

  private @Nullable Code refuseReturn(Place place, String sessionId, String instance) {
    Holder holder = place.holder();
    if (holder != null && !holder.registration().sessions().contains(sessionId)) {
      return holder.registration().instance().equals(instance)
          ? Code.NO_SUCH_SESSION
          : Code.ROBOT_RESTARTED;
    }
    return place.sessions().size() >= limits.sessionsPerRobot() ? Code.TOO_MANY_SESSIONS : null;
  }

  /** Keeps the session without its robot's end, if there is an operator to keep it for. */
  private static void keep(Map<String, Session> sessions, String id, Session session) {
    if (session.operator() == null) {
      return;
    }
    if (session.robot() != null) {
      tell(session.operator(), new Notice.Presence(id, false));
    }
    sessions.put(id, session.withRobot(null));
  }

  private static String tooOften(Duration early) {
    return "This invitation was used to join too often. Try again in "
        + (early.toMillis() / 1000 + 1)
        + " s.";
  }

  private static void tell(@Nullable Mailbox mailbox, Notice notice) {
    if (mailbox != null) {
      mailbox.deliver(notice);
    }
  }

  private static Notice ended(String sessionId, Code code) {
    return new Notice.Ended(sessionId, code, code.sentence());
  }
}
