package dev.farhand.netlab.experiment;

import dev.farhand.netlab.net.NatKind;
import dev.farhand.netlab.program.Joined;

/** One operator's network with one robot's, and how that went. */
public record Cell(NatKind operator, NatKind robot, Joined joined) {
  /**
   * It must connect, and by UDP without a relay wherever both NATs allow that. Where UDP is
   * blocked, TURN over TCP has to do; a robot that is in the open can also be reached by TCP
   * itself.
   */
  public boolean good() {
    return joined.connected() && (tcp() || joined.direct() == operator.directWith(robot));
  }

  /** The path for people. */
  public String path() {
    if (!joined.connected()) {
      return "not connected";
    } else if (joined.direct()) {
      return tcp() ? "direct over TCP" : "direct";
    }
    return "through TURN over " + (tcp() ? "TCP" : "UDP");
  }

  /** Where UDP is blocked, what comes through is TCP. */
  private boolean tcp() {
    return operator == NatKind.UDP_BLOCKED || robot == NatKind.UDP_BLOCKED;
  }
}
