package dev.farhand.signaling.socket;

import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage;
import dev.farhand.signaling.access.Grant;
import dev.farhand.signaling.access.Refused;
import dev.farhand.signaling.access.SessionKey;
import dev.farhand.signaling.board.Mailbox;
import dev.farhand.signaling.board.Notice;
import dev.farhand.signaling.board.Reception;
import dev.farhand.signaling.board.Registration;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A robot's part: it registers once, then serves its sessions. Confined to one event loop. */
final class RobotDesk implements Desk {
  private static final Logger LOG = System.getLogger(RobotDesk.class.getName());

  /** A robot with this feature gets and gives complete descriptions, not candidates one by one. */
  private static final String COMPLETE_DESCRIPTIONS = "complete-descriptions";

  private final Service service;
  private final Line line;
  private final Mailbox mailbox;
  private final Term term;
  private final Map<String, Served> sessions = new HashMap<>();

  private String robotId = "";
  private String instance = "";
  private long epoch;

  /**
   * A session with this robot. The robot's end knows the operator's token too, for an operator that
   * has closed its socket has a peer connection still.
   */
  private record Served(SessionKey key, Negotiation negotiation, Instant iceGiven) {}

  RobotDesk(Service service, Line line, Mailbox mailbox, Term term) {
    this.service = service;
    this.line = line;
    this.mailbox = mailbox;
    this.term = term;
  }

  @Override
  public void receive(SignalMessage message) {
    if (message instanceof SignalMessage.Register register && robotId.isEmpty()) {
      register(register);
    } else if (message instanceof SignalMessage.Resume resume) {
      resume(resume);
    } else if (message instanceof SignalMessage.Leave leave) {
      end(leave);
    } else if (message instanceof SignalMessage.Renegotiate renegotiate) {
      renegotiate(renegotiate);
    } else {
      throw new Refused(Code.UNEXPECTED_MESSAGE);
    }
  }

  @Override
  public void relay(Envelope envelope, String text) {
    if (envelope.kind() == Envelope.Kind.OFFER) {
      throw new Refused(Code.UNEXPECTED_MESSAGE);
    }
    Served served = sessions.get(envelope.sessionId());
    if (served == null) {
      noSuchSession(envelope.sessionId());
    } else if (served.negotiation().isCurrent(envelope)) {
      service
          .board()
          .relay(
              robotId,
              new Notice.Relayed(envelope.sessionId(), text, envelope.negotiation(), false),
              mailbox);
    }
  }

  @Override
  public void hear(Notice notice) {
    if (notice instanceof Notice.Relayed relayed) {
      Served served = sessions.get(relayed.sessionId());
      if (served != null) {
        served.negotiation().note(relayed);
        line.send(relayed.text());
      }
    } else if (notice instanceof Notice.Arrived arrived) {
      opened(arrived);
    } else if (notice instanceof Notice.Presence presence) {
      line.send(new SignalMessage.Presence(presence.sessionId(), presence.present()));
    } else if (notice instanceof Notice.Ended ended) {
      // Both ends may have found at once that the operator's token holds no more.
      if (sessions.remove(ended.sessionId()) != null) {
        line.send(new SignalMessage.Closed(ended.sessionId(), ended.code(), ended.reason()));
      }
    } else if (notice instanceof Notice.Superseded superseded) {
      epoch = 0;
      LOG.log(
          Level.INFO,
          "Robot {0} is here anew, {1}",
          robotId,
          superseded.instance().equals(instance) ? "the same agent" : "another agent");
      line.send(new SignalMessage.Superseded(robotId, superseded.instance(), superseded.epoch()));
      line.close(Code.SUPERSEDED);
    }
  }

  @Override
  public void expel(Code code) {
    List.copyOf(sessions.keySet()).forEach(sessionId -> end(sessionId, code));
  }

  @Override
  public void recheck() {
    for (Served served : List.copyOf(sessions.values())) {
      SessionKey key = served.key();
      try {
        service.doorkeeper().recheck(key.tokenId(), key.tokenExpires());
        refresh(served);
      } catch (Refused refused) {
        end(key.sessionId(), refused.code());
      }
    }
  }

  @Override
  public void leave() {
    if (epoch > 0) {
      service.board().release(robotId, epoch);
      LOG.log(Level.INFO, "Robot {0} is gone", robotId);
    }
  }

  private void register(SignalMessage.Register register) {
    Grant grant = service.doorkeeper().admitRobot(register.robotId(), register.token());
    robotId = register.robotId();
    instance = register.instance();
    Registration registration =
        new Registration(
            robotId,
            instance,
            register.lastEpoch(),
            register.media(),
            !register.features().contains(COMPLETE_DESCRIPTIONS),
            false,
            new HashSet<>(register.sessions()));
    service
        .board()
        .claim(registration, mailbox)
        .onSuccess(
            given -> {
              epoch = given;
              if (!line.isOpen()) {
                leave();
                return;
              }
              line.send(new SignalMessage.Registered(robotId, given));
              term.holdTo(grant.tokenId(), grant.expires());
              LOG.log(Level.INFO, "Robot {0} is here", robotId);
            })
        .onFailure(failure -> fail("A robot could not be registered", failure));
  }

  private void serve(SessionKey key, Negotiation negotiation) {
    sessions.put(key.sessionId(), new Served(key, negotiation, service.clock().instant()));
  }

  private void refresh(Served served) {
    if (service.iceServers().areOld(served.iceGiven(), service.clock().instant())) {
      SessionKey key = served.key();
      serve(key, served.negotiation());
      line.send(new SignalMessage.Refresh(key.sessionId(), service.iceServersFor(key)));
    }
  }

  private void opened(Notice.Arrived arrived) {
    SessionKey key =
        new SessionKey(
            arrived.sessionId(),
            robotId,
            instance,
            SessionKey.Side.ROBOT,
            arrived.role(),
            arrived.operator(),
            arrived.tokenId(),
            arrived.expires());
    serve(key, new Negotiation());
    line.send(
        new SignalMessage.Opened(
            arrived.sessionId(),
            arrived.operator(),
            arrived.role(),
            service.iceServersFor(key),
            arrived.trickle(),
            service.doorkeeper().resumeKey(key)));
  }

  private void resume(SignalMessage.Resume resume) {
    String sessionId = resume.sessionId();
    SessionKey key;
    try {
      key = service.doorkeeper().admitSession(sessionId, resume.resumeKey());
    } catch (Refused refused) {
      closed(sessionId, refused.code());
      return;
    }
    if (key.side() != SessionKey.Side.ROBOT || !key.robotId().equals(robotId)) {
      closed(sessionId, Code.RESUME_INVALID);
      return;
    }
    service
        .board()
        .attachRobot(robotId, sessionId, epoch)
        .onSuccess(reception -> resumed(key, reception))
        .onFailure(failure -> fail("A session could not be resumed", failure));
  }

  private void resumed(SessionKey key, Reception reception) {
    String sessionId = key.sessionId();
    if (reception instanceof Reception.Sorry sorry) {
      closed(sessionId, sorry.code());
      return;
    }
    SessionKey renewed = key.with(instance);
    serve(renewed, new Negotiation());
    line.send(
        new SignalMessage.Resumed(
            sessionId,
            key.role(),
            List.of(),
            service.iceServersFor(renewed),
            service.doorkeeper().resumeKey(renewed)));
    if (reception instanceof Reception.Wait) {
      line.send(new SignalMessage.Presence(sessionId, false));
    }
  }

  private void renegotiate(SignalMessage.Renegotiate renegotiate) {
    if (!sessions.containsKey(renegotiate.sessionId())) {
      noSuchSession(renegotiate.sessionId());
      return;
    }
    service.board().show(robotId, epoch, renegotiate.media());
    service
        .board()
        .relay(
            robotId,
            new Notice.Relayed(renegotiate.sessionId(), Line.text(renegotiate), 0, false),
            mailbox);
  }

  private void end(SignalMessage.Leave leave) {
    if (sessions.remove(leave.sessionId()) == null) {
      noSuchSession(leave.sessionId());
      return;
    }
    Code code = leave.code() == null ? Code.ROBOT_LEFT : leave.code();
    service.board().end(robotId, leave.sessionId(), code, reason(leave.reason(), code), mailbox);
  }

  private void end(String sessionId, Code code) {
    sessions.remove(sessionId);
    service.board().end(robotId, sessionId, code, code.sentence(), mailbox);
    closed(sessionId, code);
  }

  static String reason(@Nullable String reason, Code code) {
    return reason == null ? code.sentence() : reason;
  }

  private void noSuchSession(String sessionId) {
    closed(sessionId, Code.NO_SUCH_SESSION);
  }

  private void closed(String sessionId, Code code) {
    line.send(new SignalMessage.Closed(sessionId, code, code.sentence()));
  }

  private void fail(String what, Throwable failure) {
    LOG.log(Level.ERROR, what, failure);
    line.refuse(Code.INTERNAL);
  }
}
