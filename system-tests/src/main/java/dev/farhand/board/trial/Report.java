package dev.farhand.board.trial;

import dev.farhand.netlab.report.Section;
import dev.farhand.netlab.report.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All faults of a run.
 *
 * @param wanted how many there should be
 * @param longestGap between two looks of the witness
 */
public record Report(int wanted, List<Outcome> outcomes, Duration longestGap) {
  private static final List<String> HEAD =
      List.of(
          "fault",
          "motor off, s",
          "enable pin low, s",
          "pins on, held by nobody, s",
          "stayed safe",
          "driven again, s");

  /** Whether the pins became safe after each, and stayed so, and it was driven again. */
  public boolean good() {
    return outcomes.size() == wanted && outcomes.stream().allMatch(Outcome::good);
  }

  /** The last line: what matters. */
  public String line() {
    return "The board: %d of %d faults ended with safe pins and were followed by another drive%s."
        .formatted(
            outcomes.stream().filter(Outcome::good).count(),
            wanted,
            good() ? "" : ", which is NOT as it should be");
  }

  /** The table, in columns. */
  public List<String> table() {
    List<List<String>> rows = new ArrayList<>(List.of(HEAD));
    outcomes.forEach(outcome -> rows.add(row(outcome)));
    List<String> lines = new ArrayList<>(rows.stream().map(row -> aligned(row, rows)).toList());
    lines.add(
        "Between two looks of the witness: at most "
            + longestGap.toMillis()
            + " ms, boot included.");
    return lines;
  }

  private static String aligned(List<String> row, List<List<String>> rows) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      int column = i;
      int width = rows.stream().mapToInt(other -> other.get(column).length()).max().orElse(0);
      line.append(("%-" + width + "s  ").formatted(row.get(i)));
    }
    return line.toString().stripTrailing();
  }

  /** The table, for pages. */
  public Section section() {
    return new Section(
        "faults",
        "An emulated ARM board, driven through faults",
        List.of(new Table(HEAD, outcomes.stream().map(Report::row).toList())),
        "",
        good());
  }

  /** One outcome in a line. */
  static String line(Outcome outcome) {
    return "%s: %s; motor off after %s, enable pin low after %s, driven again after %s; pins: %s"
        .formatted(
            outcome.fault(),
            outcome.good() ? "good" : "NOT as it should be",
            seconds(outcome.motorOff()),
            seconds(outcome.safe()),
            seconds(outcome.back()),
            outcome.trace());
  }

  private static List<String> row(Outcome outcome) {
    return List.of(
        outcome.fault().toString(),
        seconds(outcome.motorOff()),
        seconds(outcome.safe()),
        outcome.unheld().isZero() ? "never" : seconds(Optional.of(outcome.unheld())),
        outcome.stayed() ? "yes" : "NO",
        seconds(outcome.back()));
  }

  private static String seconds(Optional<Duration> time) {
    return time.map(value -> "%.2f".formatted(value.toNanos() / 1e9)).orElse("never");
  }
}
