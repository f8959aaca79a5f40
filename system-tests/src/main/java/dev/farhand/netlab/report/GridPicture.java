package dev.farhand.netlab.report;

import dev.farhand.netlab.experiment.Cell;
import java.util.List;

/** The grid in colours: green is direct, amber through TURN, red not connected. */
final class GridPicture {
  private static final int LEFT = 140;
  private static final int TOP = 30;
  private static final int WIDE = 96;
  private static final int HIGH = 30;

  private GridPicture() {}

  static String svg(List<Cell> cells, List<String> kinds) {
    StringBuilder svg =
        new StringBuilder(
            "<svg viewBox=\"0 0 %d %d\" font-size=\"10\" font-family=\"sans-serif\">\n"
                .formatted(LEFT + WIDE * kinds.size(), TOP + HIGH * kinds.size()));
    for (int i = 0; i < kinds.size(); i++) {
      text(svg, LEFT + WIDE * i + 4, TOP - 10, kinds.get(i));
      text(svg, 4, TOP + HIGH * i + 19, kinds.get(i));
    }
    for (Cell cell : cells) {
      int x = LEFT + WIDE * kinds.indexOf(cell.robot().word());
      int y = TOP + HIGH * kinds.indexOf(cell.operator().word());
      svg.append(
          "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n"
              .formatted(x, y, WIDE - 2, HIGH - 2, colour(cell)));
      text(svg, x + 4, y + 18, "%.0f ms".formatted(cell.joined().millis()));
    }
    return svg.append("</svg>\n").toString();
  }

  private static String colour(Cell cell) {
    if (!cell.joined().connected()) {
      return "#ffa8a8";
    }
    return cell.joined().direct() ? "#b2f2bb" : "#ffe8a3";
  }

  private static void text(StringBuilder svg, int x, int y, String text) {
    svg.append("<text x=\"%d\" y=\"%d\">%s</text>\n".formatted(x, y, Html.text(text)));
  }
}
