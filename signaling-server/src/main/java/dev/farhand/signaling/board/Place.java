package dev.farhand.signaling.board;

import dev.farhand.protocol.SignalMessage.Media;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one robot's ID. Immutable: each change makes a new one.
 *
 * @param holder the connection that has the ID
 * @param sessions by ID, while an end is attached
 * @param waiting operators that wait for the robot, or for their turn with it
 * @param takeovers of this ID, as long as somebody is here
 */
record Place(
    @Nullable Holder holder,
    Map<String, Session> sessions,
    List<Mailbox> waiting,
    Takeovers takeovers) {
  static final Place EMPTY = new Place(null, Map.of(), List.of(), Takeovers.NONE);

  Place {
    sessions = Map.copyOf(sessions);
    waiting = List.copyOf(waiting);
  }

  /** Whether a robot that serves its sessions by turns can serve the next. */
  enum Turn {
    FREE,
    TAKEN,
    /** Its socket is closed, and the next is to come. */
    RETURNING
  }

  record Holder(Registration registration, long epoch, Mailbox mailbox, Turn turn) {
    Holder showing(List<Media> media) {
      return new Holder(registration.withMedia(media), epoch, mailbox, turn);
    }

    Holder without(String sessionId) {
      return new Holder(registration.without(sessionId), epoch, mailbox, turn);
    }

    Holder with(Turn newTurn) {
      return new Holder(registration, epoch, mailbox, newTurn);
    }

    /** Once a session was given to it. */
    Holder used() {
      return registration.byTurns() ? with(Turn.TAKEN) : this;
    }
  }

  /**
   * A session.
   *
   * @param settled whether it needs the robot's end no more
   */
  record Session(@Nullable Mailbox robot, @Nullable Mailbox operator, boolean settled) {
    Session(@Nullable Mailbox robot, @Nullable Mailbox operator) {
      this(robot, operator, false);
    }

    Session withRobot(@Nullable Mailbox mailbox) {
      return new Session(mailbox, operator, settled);
    }

    Session withOperator(@Nullable Mailbox mailbox) {
      return new Session(robot, mailbox, settled);
    }

    Session settle() {
      return new Session(null, operator, true);
    }

    @Nullable Mailbox other(Mailbox end) {
      return end == robot ? operator : robot;
    }

    boolean has(Mailbox end) {
      return end == robot || end == operator;
    }
  }

  Place withHolder(@Nullable Holder newHolder) {
    return new Place(newHolder, sessions, waiting, takeovers);
  }

  Place withWaiting(List<Mailbox> nowWaiting) {
    return new Place(holder, sessions, nowWaiting, takeovers);
  }

  Place alsoWaiting(Mailbox mailbox) {
    List<Mailbox> more = new ArrayList<>(waiting);
    more.add(mailbox);
    return withWaiting(more);
  }

  Place withSessions(Map<String, Session> newSessions) {
    return new Place(holder, newSessions, waiting, takeovers);
  }

  /** A session without ends is none. */
  Place with(String sessionId, Session session) {
    Map<String, Session> changed = new HashMap<>(sessions);
    if (session.robot() == null && session.operator() == null) {
      changed.remove(sessionId);
    } else {
      changed.put(sessionId, session);
    }
    return withSessions(changed);
  }

  boolean isEmpty() {
    return holder == null && sessions.isEmpty() && waiting.isEmpty();
  }
}
