package dev.farhand.agent.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The numbers in one part of {@code robot.yaml}, each within its bounds or told by its line. */
final class Section {
  private final ConfigFile file;
  private final String name;

  /**
   * @param name as in {@code motion}, or {@code drivers.arm}
   */
  Section(ConfigFile file, String name) {
    this.file = file;
    this.name = name;
  }

  int whole(String key, @Nullable Integer value, int otherwise, int least, int most) {
    if (value != null && (value < least || value > most)) {
      throw mistake(key, "must be " + least + " to " + most);
    }
    return value == null ? otherwise : value;
  }

  double number(String key, @Nullable Double value, double otherwise, double least, double most) {
    // Not the other way round: NaN is in no range.
    if (value != null && !(value >= least && value <= most)) {
      throw mistake(key, "must be " + plain(least) + " to " + plain(most));
    }
    return value == null ? otherwise : value;
  }

  Duration millis(String key, @Nullable Integer value, Duration otherwise, int least, int most) {
    return Duration.ofMillis(whole(key, value, (int) otherwise.toMillis(), least, most));
  }

  Duration seconds(String key, @Nullable Integer value, Duration otherwise, int least, int most) {
    return Duration.ofSeconds(whole(key, value, (int) otherwise.toSeconds(), least, most));
  }

  ConfigException mistake(String key, String reason) {
    return file.mistake(name + "." + key, reason);
  }

  private static String plain(double bound) {
    return bound == Math.rint(bound) ? Long.toString(Math.round(bound)) : Double.toString(bound);
  }
}
