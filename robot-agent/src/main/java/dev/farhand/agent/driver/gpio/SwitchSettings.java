package dev.farhand.agent.driver.gpio;

import dev.farhand.agent.driver.Settings;
import java.util.Optional;

/**
 * An output that is on or off.
 *
 * @param safe what each stop makes of it, if it makes anything
 */
record SwitchSettings(Source.Level source, Optional<Boolean> safe) {
  static SwitchSettings read(Settings output, Pins pins) {
    output.only("pin", "active-low", "safe");
    return new SwitchSettings(
        pins.level(output, "pin"),
        output.has("safe") ? Optional.of(output.flag("safe")) : Optional.empty());
  }

  /** What it is before anybody has said anything, and when the driver has gone. */
  boolean atFirst() {
    return safe.orElse(false);
  }
}
