package dev.farhand.bench.stop;

import dev.farhand.netlab.experiment.Samples;
import dev.farhand.netlab.report.Plot;
import dev.farhand.netlab.report.Section;
import dev.farhand.netlab.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All stops of a run.
 *
 * @param wanted how many there should be
 * @param late of the bare timer, in milliseconds
 */
record StopReport(int wanted, List<Stop> stops, List<Double> late) {
  /** None missed, and every rover was driven again. */
  boolean good() {
    return stops.size() >= wanted && missed() == 0 && stops.stream().allMatch(Stop::back);
  }

  long missed() {
    return stops.stream().filter(stop -> !stop.inTime()).count();
  }

  /** The last line: what matters. */
  String line() {
    Samples byDriver = unattended(true);
    return "%d stops, %d missed; the longest %.0f ms after the last fresh command (at most %.0f)%s; a bare timer was at most %.0f ms late"
        .formatted(
            stops.size(),
            missed(),
            unattended(false).max(),
            Stop.MOST_MILLIS,
            byDriver.count() == 0
                ? ""
                : ", by a new driver %.0f ms after the old one failed".formatted(byDriver.max()),
            new Samples(late).max());
  }

  Section section() {
    Map<Fault, List<Stop>> byFault =
        stops.stream()
            .collect(Collectors.groupingBy(Stop::fault, TreeMap::new, Collectors.toList()));
    List<List<String>> rows = new ArrayList<>();
    Plot plot = new Plot();
    byFault.forEach(
        (fault, some) -> {
          Samples samples = new Samples(some.stream().map(Stop::unattended).toList());
          long missed = some.stream().filter(stop -> !stop.inTime()).count();
          long left = some.stream().filter(stop -> !stop.back()).count();
          rows.add(row(fault.toString(), samples, missed + "", left + ""));
          plot.curve(fault.toString(), samples);
        });
    rows.add(row("a bare timer of 300 ms: late by", new Samples(late), "", ""));
    return new Section(
        "stop",
        "Stops under faults",
        List.of(
            new Table(
                List.of(
                    "fault", "stops", "missed", "not driven again", "p50 ms", "p99 ms", "max ms"),
                rows)),
        plot.svg(),
        good());
  }

  private Samples unattended(boolean driver) {
    return new Samples(
        stops.stream()
            .filter(stop -> stop.fault().takesTheDriver() == driver)
            .map(Stop::unattended)
            .toList());
  }

  private static List<String> row(String name, Samples samples, String missed, String left) {
    return List.of(
        name,
        String.valueOf(samples.count()),
        missed,
        left,
        millis(samples.p50()),
        millis(samples.p99()),
        millis(samples.max()));
  }

  private static String millis(double value) {
    return Double.isFinite(value) ? "%.0f".formatted(value) : "never";
  }
}
