package dev.farhand.netlab.report;

import java.util.List;

/**
 * What came of one experiment.
 *
 * @param name of the experiment; the place in the docs is called so
 * @param picture SVG
 * @param good whether it came out as it should
 */
public record Section(String name, String title, List<Table> tables, String picture, boolean good) {
  /** The tables alone: the docs have their own words around them. */
  String markdown() {
    return String.join("\n", tables.stream().map(Table::markdown).toList());
  }

  String html() {
    return "<h2>"
        + Html.text(title)
        + "</h2>\n"
        + (good ? "" : "<p class=bad>Not as it should be.</p>\n")
        + picture
        + String.join("\n", tables.stream().map(Table::html).toList());
  }
}
