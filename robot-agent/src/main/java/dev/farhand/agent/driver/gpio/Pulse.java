package dev.farhand.agent.driver.gpio;

import dev.farhand.agent.driver.Settings;

/**
 * The pulses of a servo or a speed controller.
 *
 * @param hertz how many a second
 * @param width microseconds, from one end to the other
 * @param neutral microseconds, in the middle or at the lower end
 */
record Pulse(int hertz, Range width, double neutral) {
  private static final Range USUAL = new Range(1000, 2000);
  private static final double SHORTEST = 200;
  private static final double LONGEST = 3000;

  static Pulse read(Settings section, int hertz) {
    Range width = Range.read(section, "pulse-us", SHORTEST, LONGEST, "microseconds", USUAL);
    double neutral =
        section
            .number("neutral-us", width.low(), width.high(), "microseconds")
            .orElse(width.middle());
    if (neutral == width.high()) {
      throw section.wrong("neutral-us", "must be below the longest pulse of pulse-us");
    }
    return new Pulse(hertz, width, neutral);
  }

  /** The share of the time that the output is high. */
  double duty(double microseconds) {
    return microseconds * hertz / 1e6;
  }

  /** The duty for -1 to 1, 0 being neutral. */
  double of(double value) {
    double end = value < 0 ? width.low() : width.high();
    return duty(neutral + Math.abs(value) * (end - neutral));
  }
}
