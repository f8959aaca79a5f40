package dev.farhand.agent.motion;

import dev.farhand.protocol.ChannelMessage.Drive;
import dev.farhand.protocol.ChannelMessage.Refused;
import dev.farhand.protocol.ChannelMessage.State;
import dev.farhand.protocol.SignalMessage.Operator;
import java.util.Optional;

/** One operator's session at a {@link Yard}; its clock is 77 s behind the robot's. */
final class Seat {
  private static final long OFFSET_MILLIS = -77_000;

  private final Yard yard;
  private final String session;
  private final Operator operator;
  private long seq;

  Seat(Yard yard, String session, Operator operator) {
    this.yard = yard;
    this.session = session;
    this.operator = operator;
  }

  String session() {
    return session;
  }

  Operator operator() {
    return operator;
  }

  State state() {
    return yard.arbiter.stateFor(session);
  }

  /** Arms, knowing of every STOP. */
  Optional<Refused> arms() {
    return yard.arbiter.arm(session, state().stops());
  }

  /** A fresh command. */
  void drives(double linear, double angular) {
    send(new Drive(++seq, clock(), yard.beat(), linear, angular));
  }

  /** Neutral, then forward. */
  void drivesOn() {
    drives(0, 0);
    drives(1, 0);
  }

  /** A command that says it was sent so many ms from now. */
  void sends(long number, long fromNow, long beat, double linear) {
    seq = Math.max(seq, number == Long.MAX_VALUE ? seq : number);
    send(new Drive(number, clock() + fromNow, beat, linear, 0));
  }

  void sendsAt(long sentAt, long beat, double linear) {
    send(new Drive(++seq, sentAt, beat, linear, 0));
  }

  private void send(Drive drive) {
    yard.arbiter.drive(session, drive);
  }

  private long clock() {
    return Math.floorDiv(yard.now(), 1_000_000) + OFFSET_MILLIS;
  }
}
