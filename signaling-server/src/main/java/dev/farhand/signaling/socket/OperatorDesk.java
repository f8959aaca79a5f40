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
import io.vertx.core.Future;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An operator's part: it joins a robot or resumes, one session at a time. Confined to one event
 * loop.
 */
final class OperatorDesk implements Desk {
  private static final Logger LOG = System.getLogger(OperatorDesk.class.getName());

  private enum State {
    IDLE,
    /** Has asked for a new session; the robot is away. */
    WAITING,
    /** Has come back to a session; the robot has not yet. */
    RETURNING,
    IN_SESSION
  }

  private final Service service;
  private final Line line;
  private final Mailbox mailbox;
  private final Term term;

  private State state = State.IDLE;
  private @Nullable SessionKey session;
  private Negotiation negotiation = new Negotiation();
  private Instant iceGiven = Instant.EPOCH;
  private boolean waits;
  private String invitation = "";
  private long waitTimer = -1;

  OperatorDesk(Service service, Line line, Mailbox mailbox, Term term) {
    this.service = service;
    this.line = line;
    this.mailbox = mailbox;
    this.term = term;
  }

  @Override
  public void receive(SignalMessage message) {
    if (message instanceof SignalMessage.Leave leave) {
      end(leave);
    } else if (message instanceof SignalMessage.Join join && session == null) {
      join(join);
    } else if (message instanceof SignalMessage.Resume resume && session == null) {
      resume(resume);
    } else {
      throw new Refused(Code.UNEXPECTED_MESSAGE);
    }
  }

  @Override
  public void relay(Envelope envelope, String text) {
    if (envelope.kind() == Envelope.Kind.ANSWER) {
      throw new Refused(Code.UNEXPECTED_MESSAGE);
    }
    SessionKey current = session;
    boolean offer = envelope.kind() == Envelope.Kind.OFFER;
    if (current == null || state != State.IN_SESSION || !isThis(envelope.sessionId())) {
      closed(envelope.sessionId(), Code.NO_SUCH_SESSION);
    } else if (isWithRtcBot(current) && !offer) {
      // It takes one complete offer; it has no way to hear of candidates.
      return;
    } else if (isWithRtcBot(current) && negotiation.hasBegun()) {
      expel(Code.PEER_FAILED, "An RTCBot program takes one offer a session. Join again.");
    } else if (negotiation.isCurrent(envelope)) {
      service
          .board()
          .relay(
              current.robotId(),
              new Notice.Relayed(envelope.sessionId(), text, envelope.negotiation(), offer),
              mailbox);
    }
  }

  @Override
  public void hear(Notice notice) {
    if (notice instanceof Notice.RobotCame) {
      if (state == State.WAITING) {
        enter();
      }
    } else if (notice instanceof Notice.RobotWent) {
      if (state == State.WAITING && !waits) {
        line.refuse(Code.ROBOT_AWAY);
      }
    } else if (notice instanceof Notice.Relayed relayed) {
      if (isThis(relayed.sessionId())) {
        line.send(relayed.text());
      }
    } else if (notice instanceof Notice.Presence presence) {
      present(presence);
    } else if (notice instanceof Notice.Ended ended) {
      if (isThis(ended.sessionId())) {
        reset();
        line.send(new SignalMessage.Closed(ended.sessionId(), ended.code(), ended.reason()));
      }
    } else if (notice instanceof Notice.Replaced replaced && isThis(replaced.sessionId())) {
      reset();
      line.refuse(Code.SUPERSEDED);
    }
  }

  @Override
  public void expel(Code code) {
    expel(code, code.sentence());
  }

  private void expel(Code code, String reason) {
    SessionKey current = session;
    if (current != null && state != State.WAITING) {
      service.board().end(current.robotId(), current.sessionId(), code, reason, mailbox);
      line.send(new SignalMessage.Closed(current.sessionId(), code, reason));
      reset();
    }
  }

  @Override
  public void recheck() {
    SessionKey current = session;
    Instant now = service.clock().instant();
    if (current != null
        && state == State.IN_SESSION
        && !isWithRtcBot(current)
        && service.iceServers().areOld(iceGiven, now)) {
      iceGiven = now;
      line.send(new SignalMessage.Refresh(current.sessionId(), service.iceServersFor(current)));
    }
  }

  @Override
  public void leave() {
    SessionKey current = session;
    if (current == null) {
      return;
    }
    if (state == State.WAITING) {
      service.board().forget(current.robotId(), mailbox);
    } else {
      service.board().detachOperator(current.robotId(), current.sessionId(), mailbox);
    }
    reset();
  }

  private void join(SignalMessage.Join join) {
    Grant grant = service.doorkeeper().admitOperator(join.robotId(), join.token());
    waits = join.waits();
    invitation = grant.invitation();
    session =
        new SessionKey(
            Operators.sessionId(),
            join.robotId(),
            "",
            SessionKey.Side.OPERATOR,
            grant.role(),
            Operators.of(grant.name(), join.client()),
            grant.tokenId(),
            grant.expires());
    enter();
    term.holdTo(grant.tokenId(), grant.expires());
  }

  private void enter() {
    SessionKey wanted = current();
    Future<Reception> reception =
        service
            .board()
            .open(
                wanted.robotId(),
                new Notice.Arrived(
                    wanted.sessionId(),
                    invitation,
                    wanted.operator(),
                    wanted.role(),
                    true,
                    wanted.tokenId(),
                    wanted.tokenExpires()),
                waits,
                mailbox);
    reception
        .onSuccess(
            answer -> {
              if (answer instanceof Reception.Welcome welcome) {
                joined(wanted, welcome.robot());
              } else if (answer instanceof Reception.Sorry sorry) {
                reset();
                line.refuse(sorry.code(), sorry.reason());
              } else {
                await(State.WAITING);
              }
            })
        .onFailure(this::fail);
  }

  private void joined(SessionKey wanted, Registration robot) {
    SessionKey opened = wanted.with(robot.instance());
    begin(opened);
    LOG.log(Level.INFO, "Session with {0}", opened.robotId());
    line.send(
        new SignalMessage.Joined(
            opened.sessionId(),
            opened.role(),
            robot.media(),
            service.iceServersFor(opened),
            robot.trickle(),
            service.doorkeeper().resumeKey(opened)));
  }

  private void resume(SignalMessage.Resume resume) {
    SessionKey key = service.doorkeeper().admitSession(resume.sessionId(), resume.resumeKey());
    if (key.side() != SessionKey.Side.OPERATOR) {
      throw new Refused(Code.RESUME_INVALID);
    }
    if (isWithRtcBot(key)) {
      closed(key.sessionId(), Code.NO_SUCH_SESSION);
      return;
    }
    session = key;
    service
        .board()
        .attachOperator(key.robotId(), key.sessionId(), key.instance(), mailbox)
        .onSuccess(
            answer -> {
              if (answer instanceof Reception.Welcome welcome) {
                resumed(key, welcome.robot());
              } else if (answer instanceof Reception.Sorry sorry) {
                reset();
                closed(key.sessionId(), sorry.code());
              } else {
                await(State.RETURNING);
              }
            })
        .onFailure(this::fail);
    term.holdTo(key.tokenId(), key.tokenExpires());
  }

  private void resumed(SessionKey key, Registration robot) {
    begin(key);
    line.send(
        new SignalMessage.Resumed(
            key.sessionId(),
            key.role(),
            robot.media(),
            service.iceServersFor(key),
            service.doorkeeper().resumeKey(key)));
  }

  private void present(Notice.Presence presence) {
    SessionKey current = session;
    if (current == null || !isThis(presence.sessionId())) {
      return;
    }
    if (state == State.IN_SESSION) {
      line.send(new SignalMessage.Presence(presence.sessionId(), presence.present()));
    } else if (state == State.RETURNING && presence.present()) {
      service
          .board()
          .attachOperator(current.robotId(), current.sessionId(), current.instance(), mailbox)
          .onSuccess(
              answer -> {
                if (answer instanceof Reception.Welcome welcome) {
                  resumed(current, welcome.robot());
                }
              })
          .onFailure(this::fail);
    }
  }

  private void begin(SessionKey key) {
    service.vertx().cancelTimer(waitTimer);
    session = key;
    negotiation = new Negotiation();
    iceGiven = service.clock().instant();
    state = State.IN_SESSION;
  }

  private void await(State kind) {
    SessionKey wanted = current();
    if (state != kind) {
      state = kind;
      if (kind == State.WAITING && !waits) {
        // The robot is there and has its hands full, for as long as an answer takes.
        waitTimer = refuseAfter(service.timings().answer(), Code.ROBOT_SILENT);
      } else {
        waitTimer = refuseAfter(service.timings().waiting(), Code.WAIT_EXPIRED);
        line.send(new SignalMessage.Waiting(wanted.robotId()));
      }
    }
  }

  private long refuseAfter(Duration time, Code code) {
    return service.vertx().setTimer(time.toMillis(), late -> line.refuse(code));
  }

  private static boolean isWithRtcBot(SessionKey key) {
    return key.instance().equals(Registration.RTCBOT);
  }

  private void end(SignalMessage.Leave leave) {
    SessionKey current = session;
    if (current == null || !isThis(leave.sessionId()) || state == State.WAITING) {
      closed(leave.sessionId(), Code.NO_SUCH_SESSION);
      return;
    }
    Code code = leave.code() == null ? Code.OPERATOR_LEFT : leave.code();
    service
        .board()
        .end(
            current.robotId(),
            current.sessionId(),
            code,
            RobotDesk.reason(leave.reason(), code),
            mailbox);
    reset();
  }

  private void reset() {
    service.vertx().cancelTimer(waitTimer);
    session = null;
    state = State.IDLE;
  }

  private boolean isThis(String sessionId) {
    SessionKey current = session;
    return current != null && current.sessionId().equals(sessionId);
  }

  private SessionKey current() {
    SessionKey current = session;
    if (current == null) {
      throw new IllegalStateException("no session is wanted");
    }
    return current;
  }

  private void closed(String sessionId, Code code) {
    line.send(new SignalMessage.Closed(sessionId, code, code.sentence()));
  }

  private void fail(Throwable failure) {
    LOG.log(Level.ERROR, "The switchboard failed", failure);
    line.refuse(Code.INTERNAL);
  }
}
