package dev.farhand.netlab.report;

import dev.farhand.netlab.experiment.Cell;
import dev.farhand.netlab.experiment.Change;
import dev.farhand.netlab.experiment.Cut;
import dev.farhand.netlab.experiment.CutsResult;
import dev.farhand.netlab.experiment.GridResult;
import dev.farhand.netlab.experiment.HandoverResult;
import dev.farhand.netlab.experiment.LossResult;
import dev.farhand.netlab.experiment.NarrowResult;
import dev.farhand.netlab.experiment.Samples;
import dev.farhand.netlab.net.NatKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Results as tables and pictures. */
public final class Sections {
  private Sections() {}

  /** By operator, a row each, and by robot. */
  public static Section of(GridResult result) {
    List<String> kinds = Stream.of(NatKind.values()).map(NatKind::word).toList();
    List<String> head = new ArrayList<>(List.of("operator \\ robot"));
    head.addAll(kinds);
    List<List<String>> rows = new ArrayList<>();
    for (NatKind operator : NatKind.values()) {
      List<String> row = new ArrayList<>(List.of(operator.word()));
      result.java().stream()
          .filter(cell -> cell.operator() == operator)
          .forEach(cell -> row.add(text(cell)));
      rows.add(row);
    }
    List<List<String>> browser =
        result.browser().stream()
            .map(cell -> List.of(cell.operator().word(), cell.robot().word(), text(cell)))
            .toList();
    return new Section(
        "grid",
        "Every network with every network",
        List.of(
            new Table(head, rows),
            new Table(List.of("operator, in Chromium", "robot", "path"), browser)),
        GridPicture.svg(result.java(), kinds),
        result.good());
  }

  public static Section of(HandoverResult result) {
    Table table =
        new Table(
            List.of("change", "what, ms after it", "p50", "p95", "p99", "max", "runs"),
            Stream.of(
                    changes("the robot's Wi-Fi goes", result.away()),
                    changes("the robot's Wi-Fi is back", result.back()),
                    changes("the operator's Wi-Fi goes", result.operators()),
                    changes("the robot's Wi-Fi goes, libwebrtc alone", result.alone()))
                .flatMap(rows -> rows)
                .toList());
    String picture =
        new Plot()
            .curve("robot's Wi-Fi goes", HandoverResult.again(result.away()))
            .curve("robot's Wi-Fi is back", HandoverResult.again(result.back()))
            .curve("operator's Wi-Fi goes", HandoverResult.again(result.operators()))
            .curve("robot's Wi-Fi goes, libwebrtc alone", HandoverResult.again(result.alone()))
            .svg();
    return new Section(
        "handover",
        "Changes of network while driving: driven again after",
        List.of(table),
        picture,
        result.good());
  }

  public static Section of(LossResult result) {
    List<List<String>> rows = new ArrayList<>();
    Plot plot = new Plot();
    for (LossResult.Row row : result.rows()) {
      String loss = row.percent() + " %";
      rows.add(row(List.of(loss, "control"), row.control(), String.valueOf(row.stops())));
      rows.add(row(List.of(loss, "ordered, reliable"), row.reliable(), ""));
      plot.curve("control, " + loss, row.control());
      plot.curve("ordered, reliable, " + loss, row.reliable());
    }
    return new Section(
        "loss",
        "Age of the newest command when packets get lost",
        List.of(
            new Table(
                List.of("loss", "channel", "p50 ms", "p99 ms", "max ms", "looks", "stops"), rows)),
        plot.svg(),
        result.good());
  }

  public static Section of(NarrowResult result) {
    List<List<String>> rows = new ArrayList<>();
    Plot plot = new Plot();
    for (NarrowResult.Row row : result.rows()) {
      String stops = row.what().equals("commands") ? String.valueOf(row.stops()) : "";
      List<String> cells = row(List.of(row.link(), row.what()), row.ages(), stops);
      cells.add(row.note());
      rows.add(cells);
      plot.curve(row.link() + ": " + row.what(), row.ages());
    }
    return new Section(
        "narrow",
        "Age of what shares a narrow link",
        List.of(
            new Table(
                List.of("link", "age of", "p50 ms", "p99 ms", "max ms", "looks", "stops", ""),
                rows)),
        plot.svg(),
        result.good());
  }

  public static Section of(CutsResult result) {
    Samples stops = result.unattended();
    return new Section(
        "cuts",
        "Links cut in motion",
        List.of(
            new Table(
                List.of(
                    "cuts",
                    "stopped in time (" + ms(Cut.MOST_MILLIS) + " ms)",
                    "p50 ms",
                    "p99 ms",
                    "max ms",
                    "driven again afterwards"),
                List.of(
                    List.of(
                        String.valueOf(result.cuts().size()),
                        String.valueOf(result.inTime()),
                        ms(stops.p50()),
                        ms(stops.p99()),
                        ms(stops.max()),
                        String.valueOf(result.back()))))),
        new Plot().curve("last fresh command to stop", stops).svg(),
        result.good());
  }

  private static String text(Cell cell) {
    if (!cell.joined().connected()) {
      return cell.path();
    }
    return "%s, %.0f ms%s"
        .formatted(cell.path(), cell.joined().millis(), cell.good() ? "" : " (!)");
  }

  private static Stream<List<String>> changes(String whose, List<Change> runs) {
    return Stream.of(
        change(whose, "wheels told to stand", HandoverResult.stopped(runs), runs.size()),
        change(whose, "stood still", HandoverResult.still(runs), runs.size()),
        change(whose, "driven again", HandoverResult.again(runs), runs.size()));
  }

  private static List<String> change(String whose, String what, Samples samples, int runs) {
    String counted =
        samples.count() == runs ? String.valueOf(runs) : samples.count() + " of " + runs;
    return List.of(
        whose,
        what,
        ms(samples.p50()),
        ms(samples.p95()),
        ms(samples.p99()),
        ms(samples.max()),
        counted);
  }

  private static List<String> row(List<String> names, Samples samples, String stops) {
    List<String> row = new ArrayList<>(names);
    row.addAll(
        List.of(
            ms(samples.p50()),
            ms(samples.p99()),
            ms(samples.max()),
            String.valueOf(samples.count()),
            stops));
    return row;
  }

  private static String ms(double millis) {
    return Double.isFinite(millis) ? "%.0f".formatted(millis) : "never";
  }
}
