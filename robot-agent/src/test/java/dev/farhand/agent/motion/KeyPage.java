package dev.farhand.agent.motion;

import dev.farhand.protocol.ChannelMessage.State;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * An RTCBot page at a {@link Yard}: its keys go over a channel that keeps order and loses nothing,
 * and that can be cut. Its clock is 33 s ahead of the robot's.
 */
final class KeyPage {
  private final Yard yard;
  private final Seat seat;
  private final Queue<KeyEvent> waiting = new ArrayDeque<>();
  private long offset = 33_000;
  private boolean cut;

  KeyPage(Yard yard, String name, Role role) {
    this.yard = yard;
    this.seat = yard.joins(name, role);
  }

  /** The same, after a first press that told the robot how quick the path is. */
  static KeyPage settled(Yard yard, String name, Role role) {
    KeyPage page = new KeyPage(yard, name, role);
    page.down("w");
    page.up("w");
    yard.passes(1000);
    return page;
  }

  State state() {
    return seat.state();
  }

  Operator operator() {
    return seat.operator();
  }

  Seat seat() {
    return seat;
  }

  boolean down(String key) {
    return send(new KeyEvent(key, true, clock()));
  }

  boolean up(String key) {
    return send(new KeyEvent(key, false, clock()));
  }

  /** A key that is held: pressed already, and said again ten times a second. */
  void holds(String key, long millis) {
    for (long i = 0; i < millis; i += 100) {
      down(key);
      yard.passes(100);
    }
  }

  void clockLoses(long millis) {
    offset -= millis;
  }

  /** From now on nothing arrives. */
  void cut() {
    cut = true;
  }

  /** What was sent meanwhile arrives, each so long after the one before. */
  void heals(long apart) {
    cut = false;
    while (!waiting.isEmpty()) {
      yard.arbiter.key(seat.session(), waiting.remove());
      yard.passes(apart);
    }
  }

  private boolean send(KeyEvent event) {
    return cut ? waiting.add(event) : yard.arbiter.key(seat.session(), event);
  }

  private long clock() {
    return Math.floorDiv(yard.now(), 1_000_000) + offset;
  }
}
