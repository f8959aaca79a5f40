package dev.farhand.netlab.experiment;

import java.util.List;
import java.util.stream.Collectors;

/** A few telling things, each good or not. */
public record QuickResult(List<Outcome> outcomes) {
  /**
   * One of them.
   *
   * @param text what came of it, with a figure
   */
  public record Outcome(String name, boolean good, String text) {
    @Override
    public String toString() {
      return (good ? "" : "NOT ") + name + " (" + text + ")";
    }
  }

  public boolean good() {
    return outcomes.stream().allMatch(Outcome::good);
  }

  /** All of them on one line. */
  public String line() {
    return (good() ? "All hold: " : "NOT all hold: ")
        + outcomes.stream().map(Outcome::toString).collect(Collectors.joining("; "));
  }
}
