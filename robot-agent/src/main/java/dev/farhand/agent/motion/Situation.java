package dev.farhand.agent.motion;

import dev.farhand.protocol.ChannelMessage.Asking;
import dev.farhand.protocol.ChannelMessage.Cause;
import dev.farhand.protocol.ChannelMessage.Motion;
import dev.farhand.protocol.ChannelMessage.State;
import dev.farhand.protocol.SignalMessage.Operator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How things stand with the robot; two that are equal look the same to everyone.
 *
 * @param holder who has the lease
 * @param stops how many presses of STOP have counted
 * @param stoppedBy who pressed the last of those that hold the robot
 * @param requests who asks for the lease
 */
record Situation(
    Motion motion,
    Cause cause,
    @Nullable Participant holder,
    boolean armed,
    long stops,
    @Nullable Operator stoppedBy,
    List<Requests.Waiting> requests) {

  // javac 17 loses the @Nullable of State.driver when it reads the class file.
  @SuppressWarnings("NullAway")
  State seenBy(@Nullable Participant viewer, long nowNanos) {
    return new State(
        motion,
        cause,
        reason(viewer),
        holder == null ? null : holder.operator,
        holder != null && holder == viewer,
        armed,
        stops,
        requests.stream().map(request -> asking(request, viewer, nowNanos)).toList());
  }

  private static Asking asking(
      Requests.Waiting request, @Nullable Participant viewer, long nowNanos) {
    Operator by = request.operator();
    return new Asking(
        by,
        Math.max(0, (request.grantAt() - nowNanos) / 1_000_000),
        viewer != null && viewer.operator.id().equals(by.id()));
  }

  private String reason(@Nullable Participant viewer) {
    boolean mayDrive = viewer != null && viewer.role.mayDrive();
    if (cause == Cause.STOP_PRESSED && stoppedBy != null) {
      return stopped(stoppedBy, viewer, mayDrive);
    }
    if (holder == null || holder == viewer) {
      return cause == Cause.IDLE && !mayDrive ? "Nobody drives." : cause.sentence();
    }
    String name = holder.operator.name();
    if (cause == Cause.DRIVEN) {
      return name + " drives.";
    } else if (cause == Cause.NEUTRAL) {
      return name + " has the robot and asks for no motion.";
    } else if (cause == Cause.RELEASE_FIRST) {
      return name + " has the robot and must let go of all keys once.";
    } else if (cause == Cause.COMMANDS_LATE) {
      return "No fresh command came from " + name + ".";
    } else if (cause == Cause.SESSION_LOST) {
      return "The connection of " + name + " was lost.";
    }
    return cause.sentence();
  }

  private String stopped(Operator by, @Nullable Participant viewer, boolean mayDrive) {
    boolean self = viewer != null && viewer.operator.id().equals(by.id());
    String who = self ? "You pressed STOP." : by.name() + " pressed STOP.";
    if (mayDrive && (holder == null || holder == viewer)) {
      return who + " Press Arm to drive on.";
    }
    return who + (holder == null ? " Whoever may drive can arm." : armer(holder));
  }

  private static String armer(Participant holder) {
    return " " + holder.operator.name() + " can arm.";
  }
}
