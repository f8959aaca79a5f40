package dev.farhand.agent.driver.serial;

import dev.farhand.agent.driver.Settings;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The places in a template that a motion fills, such as {@code {left}}. */
final class Slots {
  static final String RULE = "{left}, {right}, {linear} and {angular}";
  private static final Pattern SLOT = Pattern.compile("\\{([a-z-]+)}");

  private Slots() {}

  /** Those in a text. */
  static Set<Axis> in(String template, Settings root) {
    Set<Axis> found = EnumSet.noneOf(Axis.class);
    SLOT.matcher(template)
        .results()
        .forEach(
            slot -> {
              if (Arrays.stream(Axis.values()).noneMatch(axis -> named(axis, slot))) {
                throw root.wrong("drive", "has no " + slot.group() + " to offer, only " + RULE);
              }
              found.add(axis(slot));
            });
    return found;
  }

  /** Whether a text has a slot, even one that no motion fills. */
  static boolean anyIn(String text) {
    return SLOT.matcher(text).find();
  }

  /** Whether a text is one slot and nothing else. */
  static boolean alone(String text) {
    return SLOT.matcher(text).matches();
  }

  /** The text for a motion. */
  static String fill(String template, Scale scale, int decimals, double linear, double angular) {
    return SLOT.matcher(template)
        .replaceAll(slot -> number(scale.value(axis(slot), linear, angular), decimals));
  }

  private static String number(double value, int decimals) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP).toPlainString();
  }

  private static boolean named(Axis axis, MatchResult slot) {
    return axis.name().toLowerCase(Locale.ROOT).equals(slot.group(1));
  }

  private static Axis axis(MatchResult slot) {
    return Axis.valueOf(slot.group(1).toUpperCase(Locale.ROOT));
  }
}
