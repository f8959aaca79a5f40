package dev.farhand.agent.driver.gpio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.driver.BadSettings;
import dev.farhand.agent.driver.Settings;
import java.util.Optional;

/** From low to high, both included. */
record Range(double low, double high) {
  Range {
    if (!(low < high)) {
      throw new IllegalArgumentException("low must be below high");
    }
  }

  /** A pair of numbers, the smaller one first. */
  static Range read(
      Settings section, String key, double least, double most, String of, Range otherwise) {
    return section
        .value(key)
        .map(
            value ->
                read(value, least, most).orElseThrow(() -> wrong(section, key, least, most, of)))
        .orElse(otherwise);
  }

  private static Optional<Range> read(JsonNode pair, double least, double most) {
    if (!pair.isArray() || pair.size() != 2 || !pair.get(0).isNumber() || !pair.get(1).isNumber()) {
      return Optional.empty();
    }
    double low = pair.get(0).doubleValue();
    double high = pair.get(1).doubleValue();
    return low >= least && low < high && high <= most
        ? Optional.of(new Range(low, high))
        : Optional.empty();
  }

  private static BadSettings wrong(
      Settings section, String key, double least, double most, String of) {
    return section.wrong(
        key,
        "must be two numbers of "
            + of
            + " from "
            + Settings.plain(least)
            + " to "
            + Settings.plain(most)
            + ", the smaller one first");
  }

  double middle() {
    return (low + high) / 2;
  }

  /** Where a value from -1 to 1 lies. */
  double at(double value) {
    return middle() + value * (high - low) / 2;
  }

  boolean holds(double value) {
    return value >= low && value <= high;
  }
}
