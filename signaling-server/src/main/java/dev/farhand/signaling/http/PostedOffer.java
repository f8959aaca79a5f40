package dev.farhand.signaling.http;

import dev.farhand.protocol.Code;
import dev.farhand.protocol.InvalidMessage;
import dev.farhand.protocol.JsonCodec;
import dev.farhand.protocol.SignalMessage;
import dev.farhand.protocol.SignalMessage.Describe;
import dev.farhand.protocol.SignalMessage.Description;
import dev.farhand.signaling.access.Grant;
import dev.farhand.signaling.board.Mailbox;
import dev.farhand.signaling.board.Notice;
import dev.farhand.signaling.board.Reception;
import dev.farhand.signaling.board.Switchboard;
import dev.farhand.signaling.socket.Operators;
import dev.farhand.signaling.socket.Service;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;

/**
 * One complete offer that was posted: the server takes the operator's part in a session until the
 * answer is there. Then nobody is at the server any more for that session, and it goes on without.
 * Confined to its request's event loop, except {@link #deliver}.
 */
final class PostedOffer implements Mailbox {
  private static final JsonCodec<SignalMessage> CODEC = new JsonCodec<>(SignalMessage.class);
  private static final int NEGOTIATION = 1;

  private final Switchboard board;
  private final Context loop;
  private final String robotId;
  private final Notice.Arrived arrival;
  private final Description offer;
  private final Promise<Description> answer = Promise.promise();

  private boolean isOpened;

  PostedOffer(Service service, String robotId, Grant grant, Description offer) {
    this.board = service.board();
    this.loop = service.vertx().getOrCreateContext();
    this.robotId = robotId;
    this.offer = offer;
    this.arrival =
        new Notice.Arrived(
            Operators.sessionId(),
            grant.invitation(),
            Operators.of(grant.name(), null),
            grant.role(),
            false,
            grant.tokenId(),
            grant.expires());
    long timer =
        service
            .vertx()
            .setTimer(service.timings().answer().toMillis(), late -> giveUp(Code.ROBOT_SILENT));
    answer.future().onComplete(done -> service.vertx().cancelTimer(timer));
  }

  /**
   * Asks the robot.
   *
   * @return its answer; fails with {@link Unanswered}
   */
  Future<Description> ask() {
    enter();
    return answer.future();
  }

  /** Ends it, if there is no answer yet; the robot hears the code. */
  void giveUp(Code code) {
    if (fail(code, code.sentence())) {
      if (isOpened) {
        board.end(robotId, arrival.sessionId(), code, code.sentence(), this);
      } else {
        board.forget(robotId, this);
      }
    }
  }

  @Override
  public void deliver(Notice notice) {
    loop.runOnContext(
        now -> {
          if (!answer.future().isComplete()) {
            hear(notice);
          }
        });
  }

  private void hear(Notice notice) {
    if (notice instanceof Notice.RobotCame) {
      enter();
    } else if (notice instanceof Notice.RobotWent) {
      giveUp(Code.ROBOT_AWAY);
    } else if (notice instanceof Notice.Ended ended) {
      fail(ended.code(), ended.reason());
    } else if (notice instanceof Notice.Relayed relayed) {
      try {
        answer(relayed.text()).ifPresent(this::succeed);
      } catch (InvalidMessage invalid) {
        giveUp(Code.PEER_FAILED);
      }
    }
  }

  private void enter() {
    board
        .open(robotId, arrival, false, this)
        .onSuccess(
            reception -> {
              if (reception instanceof Reception.Welcome) {
                opened();
              } else if (reception instanceof Reception.Sorry sorry) {
                fail(sorry.code(), sorry.reason());
              }
            })
        .onFailure(answer::tryFail);
  }

  private void opened() {
    isOpened = true;
    String text = CODEC.encode(new Describe(arrival.sessionId(), NEGOTIATION, offer));
    board.relay(robotId, new Notice.Relayed(arrival.sessionId(), text, NEGOTIATION, true), this);
  }

  /** The answer, if this is it and not something that needs an operator who stays. */
  private static Optional<Description> answer(String text) {
    return CODEC.decode(text) instanceof Describe describe
        ? Optional.of(describe.description())
        : Optional.empty();
  }

  private void succeed(Description description) {
    board.detachOperator(robotId, arrival.sessionId(), this);
    answer.tryComplete(description);
  }

  private boolean fail(Code code, String reason) {
    return answer.tryFail(new Unanswered(code, reason));
  }

  /** There is no answer. An expected outcome, not a fault of this program. */
  static final class Unanswered extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Code code;
    private final String reason;

    Unanswered(Code code, String reason) {
      super(reason, null, false, false);
      this.code = code;
      this.reason = reason;
    }

    Code code() {
      return code;
    }

    String reason() {
      return reason;
    }
  }
}
