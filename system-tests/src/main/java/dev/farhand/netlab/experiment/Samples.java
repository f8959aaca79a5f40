package dev.farhand.netlab.experiment;

import java.util.List;

/**
 * Measured values of one thing, in milliseconds.
 *
 * @param sorted ascending
 */
public record Samples(List<Double> sorted) {
  public Samples {
    sorted = sorted.stream().sorted().toList();
  }

  public int count() {
    return sorted.size();
  }

  public double p50() {
    return percentile(50);
  }

  public double p95() {
    return percentile(95);
  }

  public double p99() {
    return percentile(99);
  }

  public double max() {
    return percentile(100);
  }

  /**
   * The nearest rank: the smallest value that at least this many percent do not exceed; not a
   * number if nothing was measured.
   */
  public double percentile(double percent) {
    int rank = (int) Math.ceil(percent / 100 * sorted.size());
    return sorted.isEmpty() ? Double.NaN : sorted.get(Math.max(rank, 1) - 1);
  }
}
