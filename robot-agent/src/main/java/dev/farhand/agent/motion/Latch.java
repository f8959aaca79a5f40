package dev.farhand.agent.motion;

import dev.farhand.protocol.SignalMessage.Operator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** STOP, from a press until somebody arms. Confined to the agent's loop. */
final class Latch {
  private static final long VIEWER_STOP_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Map<String, Long> viewerStops = new HashMap<>();
  private @Nullable Operator pressedBy;

  /** What a press comes to. */
  enum Press {
    /** It counts. */
    COUNTS,
    /** A late copy of one that has counted. */
    COPY,
    /** A viewer's, too soon after the one before. */
    REFUSED
  }

  /** Who pressed first; null while nothing is latched. */
  @Nullable Operator pressedBy() {
    return pressedBy;
  }

  boolean open() {
    return pressedBy == null;
  }

  Press press(Participant from, long id, long nowNanos) {
    if (from.hasLatched(id)) {
      return Press.COPY;
    }
    boolean counts = pressedBy != null || from.role.mayDrive();
    if (from.wasRefused(id) || !(counts || viewerMayStop(from, nowNanos))) {
      from.refused(id);
      return Press.REFUSED;
    }
    from.latched(id);
    pressedBy = pressedBy == null ? from.operator : pressedBy;
    return Press.COUNTS;
  }

  void arm() {
    pressedBy = null;
  }

  private boolean viewerMayStop(Participant viewer, long nowNanos) {
    viewerStops.values().removeIf(at -> nowNanos - at >= VIEWER_STOP_NANOS);
    return viewerStops.putIfAbsent(viewer.operator.id(), nowNanos) == null;
  }
}
