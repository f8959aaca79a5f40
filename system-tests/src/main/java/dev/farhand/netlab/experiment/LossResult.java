package dev.farhand.netlab.experiment;

import java.util.List;

/** How old the robot's newest command is, by how many packets get lost. */
public record LossResult(List<Row> rows) {
  /**
   * At one loss, all in one run.
   *
   * @param percent of packets, each way
   * @param control over Farhand's channel for motion
   * @param reliable over the ordered, reliable channel of the user's own messages
   * @param stops how often the robot stopped for want of a fresh command
   */
  public record Row(int percent, Samples control, Samples reliable, int stops) {}

  /** At 5 per cent, p99: at most half the age. Only that is a promise. */
  public boolean good() {
    return rows.stream()
        .filter(row -> row.percent() == 5)
        .allMatch(row -> row.control().p99() <= row.reliable().p99() / 2);
  }
}
