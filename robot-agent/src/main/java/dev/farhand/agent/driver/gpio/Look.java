package dev.farhand.agent.driver.gpio;

import dev.farhand.agent.machine.Finding;
import dev.farhand.agent.machine.Machine;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** What the settings need of the machine, looked at without opening a pin. For one look. */
final class Look {
  private static final int MOST_CHIPS = 64;

  /** What the chips of a Raspberry Pi's header are called, of all its models. */
  private static final String HEADER = "pinctrl-";

  private final GpioSettings settings;
  private final Machine machine;
  private final IntFunction<Optional<Chip>> chips;
  private final List<Finding> findings = new ArrayList<>();

  Look(GpioSettings settings, Machine machine, IntFunction<Optional<Chip>> chips) {
    this.settings = settings;
    this.machine = machine;
    this.chips = chips;
  }

  List<Finding> findings() {
    if (!settings.gpios().isEmpty()) {
      int chip = settings.chip().orElseGet(this::header);
      Finding found =
          machine.device(
              "/dev/gpiochip" + chip,
              "See which chips there are: farhand-agent devices; name one by chip in the settings");
      findings.add(found);
      if (found.ok()) {
        chips.apply(chip).ifPresent(known -> lines(chip, known));
      }
    }
    settings
        .expander()
        .ifPresent(
            expander ->
                findings.add(
                    machine.device(
                        "/dev/i2c-" + expander.bus(),
                        "On a Raspberry Pi: sudo raspi-config nonint do_i2c 0. Elsewhere: sudo"
                            + " modprobe i2c-dev")));
    if (!settings.pulsed().isEmpty()) {
      findings.add(
          machine.writeOnly(
              "/sys/class/pwm/pwmchip" + settings.pwmUnit() + "/export",
              "On a Raspberry Pi: dtoverlay=pwm-2chan in /boot/firmware/config.txt"
                  + " (docs/drivers.md), then sudo reboot"));
    }
    return findings;
  }

  private int header() {
    for (int chip = 0; chip < MOST_CHIPS; chip++) {
      if (Files.exists(machine.path("/dev/gpiochip" + chip))
          && chips.apply(chip).filter(known -> known.label().startsWith(HEADER)).isPresent()) {
        return chip;
      }
    }
    return 0;
  }

  private void lines(int chip, Chip known) {
    for (int line : settings.gpios()) {
      known
          .hindrance(line)
          .ifPresent(
              why ->
                  findings.add(
                      Finding.problem(
                          "Line " + line + " of /dev/gpiochip" + chip + " " + why,
                          "Take another pin, or end what uses it: gpioinfo")));
    }
  }
}
