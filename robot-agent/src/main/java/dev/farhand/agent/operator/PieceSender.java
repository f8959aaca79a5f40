package dev.farhand.agent.operator;

import dev.farhand.agent.loop.Alarm;
import dev.farhand.protocol.ChannelMessage.Piece;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends large messages in pieces, one message after another and one piece on the path at a time.
 * For one session. Confined to the operator's loop.
 */
final class PieceSender {
  /** A robot takes 200 messages a second of one operator, commands among them. */
  private static final long LEAST_GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(12);

  /** A session whose path is lost for so long has ended; a robot that is there answers. */
  private static final long UNANSWERED_MILLIS = 20_000;

  /** What became of a message. */
  enum Outcome {
    TAKEN,
    /** An older robot, which knows no pieces: nothing of it has counted. */
    UNKNOWN,
    UNANSWERED
  }

  private final LongSupplier nanoTime;
  private final Consumer<Piece> send;
  private final Alarm next;
  private final PieceSize size = new PieceSize();
  private @Nullable Pieces underWay;
  private Consumer<Outcome> told = outcome -> {};
  private boolean onThePath;
  private long sentAt;

  PieceSender(ScheduledExecutorService loop, LongSupplier nanoTime, Consumer<Piece> send) {
    this.nanoTime = nanoTime;
    this.send = send;
    this.next = new Alarm(loop);
    this.sentAt = nanoTime.getAsLong() - LEAST_GAP_NANOS;
  }

  /** Whether a message is under way: the next has to wait. */
  boolean isBusy() {
    return underWay != null;
  }

  /**
   * Sends one.
   *
   * @param after how many messages went before it, whole
   * @param outcome called once, unless {@link #close} comes first
   */
  void send(String text, long after, Consumer<Outcome> outcome) {
    told = outcome;
    sendNext(new Pieces(text, after));
  }

  /** The robot has the piece that was sent last, or says so unasked. */
  void taken() {
    Pieces pieces = underWay;
    if (pieces != null && onThePath) {
      onThePath = false;
      long now = nanoTime.getAsLong();
      size.answered(now, now - sentAt);
      if (pieces.isSent()) {
        end(Outcome.TAKEN);
      } else {
        sendNext(pieces);
      }
    }
  }

  /** The robot does not understand something. */
  void unknownType() {
    if (onThePath) {
      end(Outcome.UNKNOWN);
    }
  }

  /** The session has ended. */
  void close() {
    underWay = null;
    onThePath = false;
    next.cancel();
  }

  private void sendNext(Pieces pieces) {
    underWay = pieces;
    long left = sentAt + LEAST_GAP_NANOS - nanoTime.getAsLong();
    if (left > 0) {
      next.set(TimeUnit.NANOSECONDS.toMillis(left) + 1, () -> sendNext(pieces));
    } else {
      sentAt = nanoTime.getAsLong();
      onThePath = true;
      next.set(UNANSWERED_MILLIS, () -> end(Outcome.UNANSWERED));
      send.accept(pieces.next(size.letters(sentAt)));
    }
  }

  private void end(Outcome outcome) {
    close();
    told.accept(outcome);
  }
}
