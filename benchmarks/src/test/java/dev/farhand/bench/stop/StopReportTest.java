package dev.farhand.bench.stop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StopReportTest {
  private static final Stop GOOD = new Stop(Fault.AGENT_STOPPED, 301.2, false, true);
  private static final Stop REPLACED = new Stop(Fault.DRIVER_KILLED, 812, false, true);

  @Test
  void last_line_tells_the_longest_of_each_kind() {
    StopReport report = report(2, GOOD, REPLACED);
    assertThat(report.good()).isTrue();
    assertThat(report.line())
        .startsWith("2 stops, 0 missed; the longest 301 ms after the last fresh command")
        .contains("by a new driver 812 ms")
        .endsWith("a bare timer was at most 3 ms late");
  }

  @Test
  void too_late_too_few_crept_and_left_standing_are_no_success() {
    assertThat(report(1, new Stop(Fault.AGENT_STOPPED, 350.1, false, true)).missed()).isOne();
    assertThat(report(1, new Stop(Fault.OPERATOR_KILLED, 300, true, true)).missed()).isOne();
    assertThat(
            report(1, new Stop(Fault.DRIVER_STOPPED, Double.POSITIVE_INFINITY, false, true))
                .missed())
        .isOne();
    assertThat(report(1, new Stop(Fault.AGENT_KILLED, 5, false, false)).good()).isFalse();
    assertThat(report(3, GOOD, REPLACED).good()).as("one is missing").isFalse();
  }

  private static StopReport report(int wanted, Stop... stops) {
    return new StopReport(wanted, List.of(stops), List.of(0.5, 3.0));
  }
}
