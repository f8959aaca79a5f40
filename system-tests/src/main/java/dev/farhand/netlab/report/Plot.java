package dev.farhand.netlab.report;

import static java.util.Locale.ROOT;

import dev.farhand.netlab.experiment.Samples;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What part of the values is at most so large, as a curve for each series: the whole of what was
 * measured in one picture. The horizontal axis is logarithmic.
 */
public final class Plot {
  private static final String[] COLOURS = {
    "#0b6bcb", "#d9480f", "#2b8a3e", "#862e9c", "#e67700", "#495057", "#c2255c", "#0c8599"
  };
  private static final int WIDTH = 720;
  private static final int HEIGHT = 260;
  private static final int LEFT = 50;
  private static final int TOP = 10;
  private static final int STEPS = 200;

  private final Map<String, Samples> series = new LinkedHashMap<>();

  /** Adds a curve, unless nothing was measured. What never came is not on it. */
  public Plot curve(String name, Samples samples) {
    Samples finite = new Samples(samples.sorted().stream().filter(Double::isFinite).toList());
    if (finite.count() > 0) {
      series.put(name, finite);
    }
    return this;
  }

  public String svg() {
    double least =
        series.values().stream().mapToDouble(values -> values.percentile(0)).min().orElse(1);
    double most = series.values().stream().mapToDouble(Samples::max).max().orElse(10);
    double from = Math.pow(10, Math.floor(Math.log10(Math.max(1, least))));
    double to = Math.pow(10, Math.ceil(Math.log10(Math.max(from * 10, most))));
    StringBuilder svg =
        new StringBuilder(
            "<svg viewBox=\"0 0 %d %d\" font-size=\"11\" font-family=\"sans-serif\">\n"
                .formatted(WIDTH, HEIGHT + 40 + 16 * series.size()));
    axes(svg, from, to);
    int number = 0;
    for (Map.Entry<String, Samples> one : series.entrySet()) {
      curve(svg, one.getKey(), one.getValue(), number++, from, to);
    }
    return svg.append("</svg>\n").toString();
  }

  private static void axes(StringBuilder svg, double from, double to) {
    for (int percent = 0; percent <= 100; percent += 25) {
      double y = y(percent);
      line(svg, LEFT, y, WIDTH, y);
      text(svg, 5, y + 4, percent + " %");
    }
    for (double tick = from; tick <= to * 1.01; tick *= 10) {
      for (int part : new int[] {1, 2, 5}) {
        double at = tick * part;
        if (at <= to * 1.01) {
          double x = x(at, from, to);
          line(svg, x, TOP, x, HEIGHT);
          text(svg, Math.min(x, WIDTH - 45) - 8, HEIGHT + 14, "%.0f ms".formatted(at));
        }
      }
    }
  }

  private static void curve(
      StringBuilder svg, String name, Samples samples, int number, double from, double to) {
    String colour = COLOURS[number % COLOURS.length];
    svg.append("<polyline fill=\"none\" stroke=\"").append(colour);
    svg.append("\" stroke-width=\"2\" points=\"");
    for (int step = 0; step <= STEPS; step++) {
      double percent = 100.0 * step / STEPS;
      double x = x(Math.min(to, samples.percentile(percent)), from, to);
      svg.append(String.format(ROOT, "%.1f,%.1f ", x, y(percent)));
    }
    svg.append("\"/>\n");
    int y = HEIGHT + 36 + 16 * number;
    svg.append(
        "<rect x=\"%d\" y=\"%d\" width=\"14\" height=\"4\" fill=\"%s\"/>\n"
            .formatted(LEFT, y - 5, colour));
    text(svg, LEFT + 20, y, name + " (" + samples.count() + ")");
  }

  private static double x(double value, double from, double to) {
    double share = Math.log(Math.max(from, value) / from) / Math.log(to / from);
    return LEFT + share * (WIDTH - LEFT - 5);
  }

  private static double y(double percent) {
    return HEIGHT - percent / 100 * (HEIGHT - TOP);
  }

  private static void line(StringBuilder svg, double x1, double y1, double x2, double y2) {
    svg.append(
        String.format(
            ROOT,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>\n",
            x1,
            y1,
            x2,
            y2));
  }

  private static void text(StringBuilder svg, double x, double y, String text) {
    svg.append(
        String.format(ROOT, "<text x=\"%.1f\" y=\"%.1f\">%s</text>\n", x, y, Html.text(text)));
  }
}
