package dev.farhand.agent.driver;

import dev.farhand.protocol.ChannelMessage.Cause;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Which motion or stop line goes next: one is outstanding at most, a stop goes ahead of a motion
 * that waits and takes its place, the newest motion replaces an older one. Confined to the agent's
 * loop.
 */
final class MotionLines {
  private long seq;
  private OptionalLong outstanding = OptionalLong.empty();
  private @Nullable Cause stop;
  private @Nullable Wanted motion;

  void motion(double linear, double angular, long until) {
    motion = new Wanted(linear, angular, until);
  }

  void stop(Cause cause) {
    stop = cause;
    motion = null;
  }

  /** The line to write now, if one may be; it is outstanding from here on. */
  Optional<ToDriver> next(long now) {
    if (outstanding.isPresent()) {
      return Optional.empty();
    }
    ToDriver line = null;
    if (stop != null) {
      line = new ToDriver.Stop(++seq, stop);
      stop = null;
    } else if (motion != null) {
      if (motion.until - now > 0) {
        line = new ToDriver.Motion(++seq, motion.linear, motion.angular, motion.until);
      }
      motion = null;
    }
    if (line != null) {
      outstanding = OptionalLong.of(seq);
    }
    return Optional.ofNullable(line);
  }

  /** Whether this acknowledges the line that is outstanding. */
  boolean acknowledged(long acknowledged) {
    if (outstanding.isEmpty() || outstanding.getAsLong() != acknowledged) {
      return false;
    }
    outstanding = OptionalLong.empty();
    return true;
  }

  private record Wanted(double linear, double angular, long until) {}
}
