package dev.farhand.agent.motion;

import dev.farhand.protocol.ChannelMessage.Cause;
import dev.farhand.protocol.ChannelMessage.Refused;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;
import java.util.ArrayList;
import java.util.List;

/** An arbiter with its driver up, a clock moved by hand, and what it decided. */
final class Yard implements Arbiter.Output {
  private static final long MILLI = 1_000_000;

  final Arbiter arbiter;
  private final List<Moved> motions = new ArrayList<>();
  private final List<Cause> stops = new ArrayList<>();
  private final List<Told> refusals = new ArrayList<>();
  private int changes;
  private long now = 1_000_000 * MILLI;
  private int sessions;

  Yard() {
    this(MotionSettings.DEFAULTS);
  }

  Yard(MotionSettings settings) {
    arbiter = new Arbiter(settings, this::now, this);
    arbiter.driverUp(true);
  }

  Seat joins(String name, Role role) {
    return joins(new Operator("o-" + name, name), role);
  }

  Seat joins(Operator operator, Role role) {
    Seat seat = new Seat(this, "s-" + ++sessions, operator);
    arbiter.opened(seat.session(), seat.operator(), role);
    return seat;
  }

  long now() {
    return now;
  }

  long beat() {
    return arbiter.beat();
  }

  /** Time passes as it does for a loop that keeps up. */
  void passes(long millis) {
    for (long i = 0; i < millis; i++) {
      now += MILLI;
      arbiter.tick();
    }
  }

  void passesWithBeats(long millis) {
    passes(millis);
    beat();
  }

  void passesWithDriving(long millis, Seat seat) {
    for (long i = 0; i < millis; i += 50) {
      passes(50);
      seat.drives(1, 0);
    }
  }

  /** Time passes, and the loop sees nothing of it. */
  void jumps(long millis) {
    now += millis * MILLI;
  }

  void jumpsTo(long nanos) {
    now = nanos;
  }

  List<Moved> motions() {
    return motions;
  }

  Moved lastMotion() {
    return motions.get(motions.size() - 1);
  }

  List<Cause> stops() {
    return stops;
  }

  /** What was refused after a while. */
  List<Told> refusals() {
    return refusals;
  }

  int changes() {
    return changes;
  }

  void forgetMotions() {
    motions.clear();
  }

  @Override
  public void motion(double linear, double angular, long untilNanos) {
    motions.add(new Moved(linear, angular, untilNanos));
  }

  @Override
  public void stop(Cause cause) {
    stops.add(cause);
  }

  @Override
  public void refused(String sessionId, Refused refused) {
    refusals.add(new Told(sessionId, refused));
  }

  @Override
  public void changed() {
    changes++;
  }

  record Told(String session, Refused refused) {}

  record Moved(double linear, double angular, long until) {}
}
