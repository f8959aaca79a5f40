package dev.farhand.agent.motion;

import dev.farhand.protocol.SignalMessage.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** STOP, from a press until somebody arms. Confined to the agent's loop. */
final class Latch {
  private static final long VIEWER_STOP_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final List<ViewerStop> viewerStops = new ArrayList<>();

  /** Begins elsewhere in each life: what was shown in an earlier one must not arm in this one. */
  private long stops = ThreadLocalRandom.current().nextLong(1, 1L << 32);

  private @Nullable Operator pressedBy;

  private record ViewerStop(Operator by, long at) {}

  /** What a press comes to. */
  enum Press {
    /** It counts. */
    COUNTS,
    /** It adds nothing: a late copy of one that has counted, or a viewer's while another holds. */
    HEARD,
    /** A viewer's, too soon after the one before. */
    REFUSED
  }

  /** Who pressed last; null while nothing is latched. */
  @Nullable Operator pressedBy() {
    return pressedBy;
  }

  /** Grows with each press that counts. */
  long stops() {
    return stops;
  }

  boolean open() {
    return pressedBy == null;
  }

  Press press(Participant from, long id, long nowNanos) {
    Press known = from.presses.recall(id, nowNanos).orElse(null);
    if (known != null) {
      return known == Press.COUNTS ? Press.HEARD : known;
    }
    Press press = judge(from, nowNanos);
    from.presses.remember(id, press, nowNanos);
    if (press == Press.COUNTS) {
      stops++;
      pressedBy = from.operator;
    }
    return press;
  }

  void arm() {
    pressedBy = null;
  }

  private Press judge(Participant from, long nowNanos) {
    if (from.role.mayDrive() || viewerMayStop(from.operator, nowNanos)) {
      return Press.COUNTS;
    }
    return open() ? Press.REFUSED : Press.HEARD;
  }

  /** By name too: the ID is another whenever the viewer likes, the name is the token's. */
  private boolean viewerMayStop(Operator viewer, long nowNanos) {
    viewerStops.removeIf(stop -> nowNanos - stop.at >= VIEWER_STOP_NANOS);
    boolean may =
        viewerStops.stream()
            .map(ViewerStop::by)
            .noneMatch(
                other -> other.id().equals(viewer.id()) || other.name().equals(viewer.name()));
    if (may) {
      viewerStops.add(new ViewerStop(viewer, nowNanos));
    }
    return may;
  }
}
