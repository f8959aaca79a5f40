package dev.farhand.agent.driver.serial;

import dev.farhand.agent.driver.Settings;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What the device calls a motion's -1 to 1.
 *
 * @param factors what 1 is more than 0, by axis; negative where the device counts backwards
 * @param offset what 0 becomes
 */
record Scale(Map<Axis, Double> factors, double offset) {
  private static final double MOST = 1e6;
  private static final String NUMBER = "a number, what 1 becomes,";

  Scale {
    factors = Map.copyOf(factors);
  }

  double value(Axis axis, double linear, double angular) {
    return offset + factors.getOrDefault(axis, 0.0) * axis.of(linear, angular);
  }

  /** The furthest that a value of this axis may be from 0. */
  double least(Axis axis) {
    return offset - Math.abs(factors.getOrDefault(axis, 0.0));
  }

  double most(Axis axis) {
    return offset + Math.abs(factors.getOrDefault(axis, 0.0));
  }

  static Scale read(Settings root) {
    if (!root.has("scale")) {
      throw root.missing("must have scale beside drive: what 1 becomes, such as 255");
    }
    double offset = root.number("offset", -MOST, MOST, "a number, what 0 becomes,").orElse(0);
    Map<Axis, Double> factors = new EnumMap<>(Axis.class);
    if (root.value("scale").orElseThrow().isObject()) {
      Settings each = root.section("scale").orElseThrow();
      each.only(Arrays.stream(Axis.values()).map(Scale::key).toList());
      for (Axis axis : Axis.values()) {
        OptionalDouble factor = each.number(key(axis), -MOST, MOST, NUMBER);
        factor.ifPresent(given -> factors.put(axis, given));
      }
    } else {
      double factor = root.number("scale", -MOST, MOST, NUMBER).orElseThrow();
      for (Axis axis : Axis.values()) {
        factors.put(axis, factor);
      }
    }
    return new Scale(factors, offset);
  }

  /** This axis is used. */
  void require(Settings root, Axis axis) {
    if (factors.getOrDefault(axis, 0.0) == 0) {
      throw root.wrong("scale", "must say what 1 becomes for " + key(axis) + ", and not 0");
    }
  }

  private static String key(Axis axis) {
    return axis.name().toLowerCase(Locale.ROOT);
  }
}
