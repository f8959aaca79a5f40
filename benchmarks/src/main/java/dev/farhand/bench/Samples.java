package dev.farhand.bench;

import java.util.Arrays;
import java.util.List;

/**
 * Measured values of one thing, in milliseconds.
 *
 * @param sorted ascending, at least one
 */
record Samples(List<Double> sorted) {
  Samples {
    if (sorted.isEmpty()) {
      throw new IllegalArgumentException("Nothing was measured.");
    }
    double[] values = sorted.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(values);
    sorted = Arrays.stream(values).boxed().toList();
  }

  int count() {
    return sorted.size();
  }

  double p50() {
    return percentile(50);
  }

  double p99() {
    return percentile(99);
  }

  /** The nearest rank: the smallest value that at least this many percent do not exceed. */
  double percentile(double percent) {
    int rank = (int) Math.ceil(percent / 100 * sorted.size());
    return sorted.get(Math.max(rank, 1) - 1);
  }
}
