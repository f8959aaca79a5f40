package dev.farhand.agent.driver.gpio;

import dev.farhand.agent.driver.Settings;
import java.util.Optional;

/**
 * The PCA9685.
 *
 * @param bus the N of {@code /dev/i2c-N}
 * @param address on that bus
 * @param hertz pulses a second of all its channels
 */
record ExpanderSettings(int bus, int address, int hertz) {
  private static final ExpanderSettings DEFAULTS = new ExpanderSettings(1, 0x40, 50);

  /** Reads the section, if there is one. */
  static ExpanderSettings read(Optional<Settings> given) {
    if (given.isEmpty()) {
      return DEFAULTS;
    }
    Settings section = given.get();
    section.only("bus", "address", "frequency-hz");
    // PCA9685 datasheet, sections 7.1 (addresses) and 7.3.5 (prescaler).
    return new ExpanderSettings(
        section.whole("bus", 0, 63, "a number of /dev/i2c-*").orElse(DEFAULTS.bus),
        section.whole("address", 0x40, 0x7f, "an address (0x40 to 0x7f)").orElse(DEFAULTS.address),
        section.whole("frequency-hz", 24, 1526, "a whole number of hertz").orElse(DEFAULTS.hertz));
  }
}
