package dev.farhand.agent.driver.gpio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.driver.BadSettings;
import dev.farhand.agent.driver.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * What {@code robot.yaml} says under {@code settings}; see {@code docs/drivers.md}. Immutable.
 *
 * @param chip the N of {@code /dev/gpiochipN} whose lines the numbers are; empty: GPIO numbers of a
 *     Raspberry Pi
 * @param pwmUnit the N of {@code /sys/class/pwm/pwmchipN} that hardware PWM is on
 * @param enable on only while the robot is driven
 * @param expander the PCA9685, if anything is on it
 * @param gpios all lines that are used
 * @param pulsed all pins that are on the PWM unit
 */
record GpioSettings(
    OptionalInt chip,
    int pwmUnit,
    Optional<DriveSettings> drive,
    Optional<Source.Level> enable,
    Optional<ExpanderSettings> expander,
    Map<String, SwitchSettings> outputs,
    Map<String, ServoSettings> servos,
    Map<String, SensorSettings.Input> inputs,
    Map<String, SensorSettings.Encoder> encoders,
    Map<String, SensorSettings.Ranger> rangers,
    Set<Integer> gpios,
    List<Source.Hardware> pulsed) {

  /**
   * Reads all of it, touching no hardware.
   *
   * @throws BadSettings with the first mistake
   */
  static GpioSettings read(JsonNode settings) {
    Settings root = Settings.of(settings);
    root.only(
        "chip",
        "drive",
        "enable",
        "pwm-unit",
        "pca9685",
        "outputs",
        "servos",
        "inputs",
        "encoders",
        "rangers");
    OptionalInt chip = root.whole("chip", 0, 63, "a number of /dev/gpiochip*");
    ExpanderSettings expander = ExpanderSettings.read(root.section("pca9685"));
    Pins pins = new Pins(chip, expander);
    Optional<DriveSettings> drive =
        root.section("drive").map(section -> DriveSettings.read(section, pins));
    Optional<Source.Level> enable =
        root.section("enable")
            .map(
                section -> {
                  section.only("pin", "active-low");
                  return pins.level(section, "pin");
                });
    GpioSettings read =
        new GpioSettings(
            chip,
            root.whole("pwm-unit", 0, 63, "a number of /sys/class/pwm/pwmchip*").orElse(0),
            drive,
            enable,
            Optional.empty(),
            all(root, "outputs", SwitchSettings::read, pins),
            all(root, "servos", ServoSettings::read, pins),
            all(root, "inputs", SensorSettings.Input::read, pins),
            all(root, "encoders", SensorSettings.Encoder::read, pins),
            all(root, "rangers", SensorSettings.Ranger::read, pins),
            pins.gpios(),
            pins.pulsed());
    pins.keepBusFree();
    read.check();
    return pins.expanderUsed() ? read.with(expander) : read;
  }

  private void check() {
    if (drive.isEmpty()
        && outputs.isEmpty()
        && servos.isEmpty()
        && inputs.isEmpty()
        && encoders.isEmpty()
        && rangers.isEmpty()) {
      throw new BadSettings("", "must have drive, outputs, servos, inputs, encoders or rangers");
    }
    for (String name : servos.keySet()) {
      if (outputs.containsKey(name)) {
        throw new BadSettings(
            "servos." + name, "must have another name: messages could mean outputs." + name);
      }
    }
  }

  private GpioSettings with(ExpanderSettings used) {
    return new GpioSettings(
        chip,
        pwmUnit,
        drive,
        enable,
        Optional.of(used),
        outputs,
        servos,
        inputs,
        encoders,
        rangers,
        gpios,
        pulsed);
  }

  private static <T> Map<String, T> all(
      Settings root, String key, BiFunction<Settings, Pins, T> read, Pins pins) {
    Map<String, T> all = new LinkedHashMap<>();
    root.named(key).forEach((name, section) -> all.put(name, read.apply(section, pins)));
    return all;
  }
}
