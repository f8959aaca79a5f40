package dev.farhand.netlab.experiment;

import java.util.List;
import java.util.stream.Stream;

/**
 * Hand-overs while driving.
 *
 * @param away the robot's Wi-Fi goes, and 4G takes over
 * @param back the Wi-Fi returns to a robot that is driven over 4G
 * @param operators the operator's Wi-Fi goes
 * @param alone as {@code away}, with recovery left to libwebrtc
 */
public record HandoverResult(
    List<Change> away, List<Change> back, List<Change> operators, List<Change> alone) {
  /** Until the rover could be driven again: the goal for all but five per cent. */
  public static final double GOAL_MILLIS = 2000;

  /** Of the runs in which the rover was driven again. */
  public static Samples again(List<Change> runs) {
    return new Samples(runs.stream().flatMapToDouble(run -> run.again().stream()).boxed().toList());
  }

  /** Of the runs in which the rover came to rest. */
  public static Samples still(List<Change> runs) {
    return new Samples(runs.stream().flatMapToDouble(run -> run.still().stream()).boxed().toList());
  }

  public static Samples stopped(List<Change> runs) {
    return new Samples(runs.stream().map(Change::stopped).toList());
  }

  /**
   * Everything stopped in time and, with our recovery, came back; within the goal where a network
   * was lost.
   */
  public boolean good() {
    return Stream.of(away, back, operators, alone)
            .flatMap(List::stream)
            .allMatch(run -> run.unattended() <= Cut.MOST_MILLIS)
        && Stream.of(away, back, operators).allMatch(runs -> again(runs).count() == runs.size())
        && Stream.of(away, operators).allMatch(runs -> again(runs).p95() <= GOAL_MILLIS);
  }
}
