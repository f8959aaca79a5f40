package dev.farhand.netlab.report;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows of cells under a head.
 *
 * @param rows as long as the head each
 */
public record Table(List<String> head, List<List<String>> rows) {
  String markdown() {
    return line(head)
        + line(Collections.nCopies(head.size(), "---"))
        + rows.stream().map(Table::line).collect(Collectors.joining());
  }

  String html() {
    return "<table><thead>"
        + html(head, "th")
        + "</thead><tbody>"
        + rows.stream().map(row -> html(row, "td")).collect(Collectors.joining())
        + "</tbody></table>\n";
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String html(List<String> cells, String tag) {
    return cells.stream()
        .map(cell -> "<" + tag + ">" + Html.text(cell) + "</" + tag + ">")
        .collect(Collectors.joining("", "<tr>", "</tr>\n"));
  }
}
