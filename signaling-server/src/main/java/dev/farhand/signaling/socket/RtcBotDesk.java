package dev.farhand.signaling.socket;

import dev.farhand.protocol.Code;
import dev.farhand.protocol.InvalidMessage;
import dev.farhand.protocol.JsonCodec;
import dev.farhand.protocol.SignalMessage;
import dev.farhand.protocol.SignalMessage.Describe;
import dev.farhand.protocol.SignalMessage.Description;
import dev.farhand.signaling.access.Refused;
import dev.farhand.signaling.board.Mailbox;
import dev.farhand.signaling.board.Notice;
import dev.farhand.signaling.board.Registration;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * An RTCBot program's part: one socket for one offer. It is sent the offer as it stands, its first
 * message is the answer, and with that this socket has done its work; the program opens another for
 * the next. Confined to one event loop.
 */
final class RtcBotDesk implements Desk {
  private static final Logger LOG = System.getLogger(RtcBotDesk.class.getName());
  private static final JsonCodec<SignalMessage> MESSAGES = new JsonCodec<>(SignalMessage.class);

  private enum State {
    FREE,
    /** An operator has the turn, and has not made its offer yet. */
    TAKEN,
    /** The offer is with the program, whose next message counts as the answer. */
    ASKED,
    /** Nothing more goes over this socket. */
    OVER
  }

  private final Service service;
  private final Line line;
  private final Mailbox mailbox;
  private final String robotId;

  private State state = State.FREE;
  private long epoch;
  private @Nullable String session;
  private int negotiation;
  private long timer = -1;

  RtcBotDesk(Service service, Line line, Mailbox mailbox, String robotId) {
    this.service = service;
    this.line = line;
    this.mailbox = mailbox;
    this.robotId = robotId;
  }

  /** Takes the ID. */
  void claim() {
    service
        .board()
        .claim(Registration.ofRtcBot(robotId), mailbox)
        .onSuccess(
            given -> {
              epoch = given;
              if (!line.isOpen()) {
                leave();
              } else {
                LOG.log(Level.INFO, "Robot {0} is here, an RTCBot program", robotId);
              }
            })
        .onFailure(
            failure -> {
              LOG.log(Level.ERROR, "An RTCBot program could not be registered", failure);
              line.refuse(Code.INTERNAL);
            });
  }

  /** What the program says. */
  void answer(String text) {
    if (state != State.ASKED) {
      throw new Refused(Code.UNEXPECTED_MESSAGE);
    }
    Description answer;
    try {
      answer = CompleteDescription.read(text, Description.Type.ANSWER);
    } catch (InvalidMessage invalid) {
      end(Code.PEER_FAILED, "The robot's answer cannot be used. " + invalid.reason());
      line.close(Code.BAD_DESCRIPTION);
      return;
    }
    String answered = session;
    if (answered != null) {
      String message = MESSAGES.encode(new Describe(answered, negotiation, answer));
      service
          .board()
          .relay(robotId, new Notice.Relayed(answered, message, negotiation, false), mailbox);
      service.board().settle(robotId, answered, mailbox);
      session = null;
    }
    line.finish();
  }

  @Override
  public void receive(SignalMessage message) {
    throw new IllegalStateException("RTCBot programs send no messages of the protocol");
  }

  @Override
  public void relay(Envelope envelope, String text) {
    throw new IllegalStateException("RTCBot programs send no messages of the protocol");
  }

  @Override
  public void hear(Notice notice) {
    if (notice instanceof Notice.Arrived arrived) {
      state = State.TAKEN;
      session = arrived.sessionId();
      // Nobody else is served meanwhile.
      timer = after(() -> free(Code.PEER_FAILED, "No offer came in time. Join again."));
    } else if (notice instanceof Notice.Relayed relayed) {
      if (state == State.TAKEN && relayed.offer() && relayed.sessionId().equals(session)) {
        offer(relayed);
      }
    } else if (notice instanceof Notice.Presence presence) {
      if (!presence.present() && presence.sessionId().equals(session)) {
        gone(() -> end(Code.OPERATOR_LOST, Code.OPERATOR_LOST.sentence()));
      }
    } else if (notice instanceof Notice.Ended ended) {
      if (ended.sessionId().equals(session)) {
        gone(() -> session = null);
      }
    } else if (notice instanceof Notice.Superseded) {
      epoch = 0;
      LOG.log(Level.INFO, "Robot {0} is here anew, this RTCBot program or another", robotId);
      line.close(Code.SUPERSEDED);
    }
  }

  @Override
  public void expel(Code code) {
    end(code, code.sentence());
    release();
  }

  @Override
  public void recheck() {
    // It has one offer to answer, and its operator's socket sees to the rest.
  }

  @Override
  public void leave() {
    service.vertx().cancelTimer(timer);
    boolean wasAsked = state == State.ASKED;
    state = State.OVER;
    if (wasAsked && epoch > 0) {
      // However it ended, a program that had an offer to answer is about to come back.
      end(Code.PEER_FAILED, "The robot's program ended before it answered. Join again.");
      service.board().pause(robotId, epoch);
      service.vertx().setTimer(service.timings().nextSocket().toMillis(), late -> release());
    } else {
      release();
    }
  }

  private void offer(Notice.Relayed relayed) {
    Description offer;
    try {
      Describe describe = (Describe) MESSAGES.decode(relayed.text());
      offer = CompleteDescription.check(describe.description(), Description.Type.OFFER);
    } catch (InvalidMessage invalid) {
      free(Code.BAD_DESCRIPTION, invalid.reason());
      return;
    }
    service.vertx().cancelTimer(timer);
    state = State.ASKED;
    negotiation = relayed.negotiation();
    line.send(CompleteDescription.write(offer));
    timer =
        after(
            () -> {
              end(Code.ROBOT_SILENT, Code.ROBOT_SILENT.sentence());
              // What it may still say would be taken for the answer to another offer.
              line.close(Code.ROBOT_SILENT);
            });
  }

  /** The operator has no session any more. What the program was asked, it will answer. */
  private void gone(Runnable end) {
    boolean wasTaken = state == State.TAKEN;
    end.run();
    if (wasTaken) {
      ready();
    }
  }

  private void free(Code code, String reason) {
    end(code, reason);
    ready();
  }

  private void ready() {
    service.vertx().cancelTimer(timer);
    state = State.FREE;
    service.board().ready(robotId, epoch);
  }

  private void end(Code code, String reason) {
    String ended = session;
    session = null;
    if (ended != null) {
      service.board().end(robotId, ended, code, reason, mailbox);
    }
  }

  private long after(Runnable action) {
    return service.vertx().setTimer(service.timings().answer().toMillis(), late -> action.run());
  }

  private void release() {
    if (epoch > 0) {
      service
          .board()
          .release(robotId, epoch)
          .onSuccess(
              held -> {
                if (held) {
                  LOG.log(Level.INFO, "Robot {0} is gone, an RTCBot program", robotId);
                }
              });
      epoch = 0;
    }
  }
}
