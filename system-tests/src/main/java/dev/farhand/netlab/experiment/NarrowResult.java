package dev.farhand.netlab.experiment;

import java.util.List;

/** How old things get on a link that is narrow, idle and busy. */
public record NarrowResult(List<Row> rows) {
  /** A person drives by what is not much older. */
  public static final double MOST_MILLIS = 400;

  /**
   * One kind of thing on one link.
   *
   * @param link what it is like
   * @param what whose age was watched
   * @param stops how often the robot stopped for want of a fresh command
   * @param note what else is to be known
   */
  public record Row(String link, String what, Samples ages, int stops, String note) {}

  /** Nothing got old, and no robot stopped. */
  public boolean good() {
    return rows.stream().allMatch(row -> row.ages().p99() <= MOST_MILLIS && row.stops() == 0);
  }
}
