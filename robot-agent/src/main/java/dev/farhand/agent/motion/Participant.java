package dev.farhand.agent.motion;

import dev.farhand.protocol.ChannelMessage.Drive;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;

/** One session, as far as motion goes. Confined to the agent's loop. */
final class Participant {
  /** Larger numbers than browsers can hold exactly are nobody's clock; also keeps sums in range. */
  private static final long MOST_MILLIS = 1L << 53;

  final String sessionId;
  final Operator operator;
  final Role role;
  final long order;
  final Keys keys;
  final Presses presses = new Presses();
  boolean closed;

  /** Has sent a {@code drive}, and so has no need of keys. */
  boolean drives;

  private final MotionSettings settings;
  private final Transits transits;
  private long newestSeq = -1;

  /**
   * @param order counts the sessions: a later one has a larger number
   */
  Participant(String sessionId, Operator operator, Role role, long order, MotionSettings settings) {
    this.sessionId = sessionId;
    this.operator = operator;
    this.role = role;
    this.order = order;
    this.settings = settings;
    this.transits = new Transits(settings.latenessWindow().toMillis());
    this.keys = new Keys(settings.keys(), settings.latenessLimit().toMillis());
  }

  /**
   * Whether a drive is young enough to act on: newer than all before; returning a beat that the
   * robot sent a moment ago; and no later than the quickest of its path by more than the limit.
   */
  boolean fresh(Drive drive, long nowMillis, Beats beats) {
    if (drive.seq() <= newestSeq) {
      return false;
    }
    newestSeq = drive.seq();
    if (Math.abs(drive.sentAt()) > MOST_MILLIS
        || drive.sentAt() == Long.MIN_VALUE
        || !beats.recent(drive.beat(), nowMillis)) {
      return false;
    }
    long limit = settings.latenessLimit().toMillis();
    long transit = nowMillis - drive.sentAt();
    transits.add(transit, nowMillis);
    if (transit - transits.quickest(nowMillis) <= limit) {
      return true;
    }
    // The command is younger than the beat in it. If that alone proves it on time, then it was the
    // operator's clock that jumped (a laptop that slept), and what it said before is worthless.
    if (nowMillis - drive.beat() <= limit) {
      transits.forget();
      transits.add(transit, nowMillis);
      return true;
    }
    return false;
  }
}
