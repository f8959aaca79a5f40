package dev.farhand.agent.driver.gpio;

import dev.farhand.agent.driver.BadSettings;
import dev.farhand.agent.driver.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the pins of the settings and remembers whose they are: none twice, and none that cannot do
 * what it should. For one reading.
 */
final class Pins {
  /** The header of a Raspberry Pi; the numbers are Broadcom's. */
  private static final int LAST_GPIO = 27;

  /** More than any chip has; whether this one has the line shows when it is opened. */
  private static final int LAST_LINE = 511;

  /** BCM2835 ARM Peripherals, section 9.5: the two channels of the PWM unit on the header. */
  private static final Map<Integer, Integer> PWM_CHANNELS = Map.of(12, 0, 13, 1, 18, 0, 19, 1);

  private static final Range SOFTWARE_HERTZ = new Range(10, 400);
  private static final Range HARDWARE_HERTZ = new Range(10, 50_000);
  private static final int SERVO_HERTZ = 50;

  private final OptionalInt chip;
  private final ExpanderSettings expander;
  private final Map<String, String> taken = new HashMap<>();
  private final Set<Integer> gpios = new TreeSet<>();
  private boolean expanderUsed;
  private final List<Source.Hardware> pulsed = new ArrayList<>();

  /**
   * No pin is taken yet.
   *
   * @param chip whose lines the numbers are; empty: a Raspberry Pi's GPIO numbers
   */
  Pins(OptionalInt chip, ExpanderSettings expander) {
    this.chip = chip;
    this.expander = expander;
  }

  boolean expanderUsed() {
    return expanderUsed;
  }

  /** The pins for which the board's PWM unit makes pulses. */
  List<Source.Hardware> pulsed() {
    return List.copyOf(pulsed);
  }

  /** The GPIOs that are lines of a chip for the driver. */
  Set<Integer> gpios() {
    return Set.copyOf(gpios);
  }

  /** A GPIO, as input or output. */
  int gpio(Settings section, String key) {
    int gpio = number(section, key);
    take(section, key, name(gpio));
    gpios.add(gpio);
    return gpio;
  }

  Source.Level level(Settings section, String key) {
    return new Source.Level(section.path(key), gpio(section, key), section.flag("active-low"));
  }

  /** A pin of a motor that tells the direction only. */
  Source direction(Settings section, String key, Pwm pwm) {
    return pwm == Pwm.PCA9685
        ? channel(section, key)
        : new Source.Level(section.path(key), gpio(section, key), false);
  }

  /** A pulsed pin. */
  Source pulsed(Settings section, String key, Pwm pwm, int hertz) {
    return switch (pwm) {
      case SOFTWARE -> new Source.Software(section.path(key), gpio(section, key), hertz);
      case HARDWARE -> hardware(section, key, hertz);
      case PCA9685 -> channel(section, key);
    };
  }

  /** Pulses a second of a servo's or a speed controller's pin. */
  int servoHertz(Settings section, Pwm pwm) {
    if (pwm != Pwm.PCA9685) {
      return SERVO_HERTZ;
    }
    if (expander.hertz() < 40 || expander.hertz() > 200) {
      throw new BadSettings(
          "pca9685.frequency-hz",
          "must be from 40 to 200, since " + section.path() + " wants a servo's pulses");
    }
    return expander.hertz();
  }

  /** Pulses a second of a motor's pins. */
  int motorHertz(Settings section, Pwm pwm) {
    String key = "frequency-hz";
    if (pwm == Pwm.PCA9685) {
      if (section.has(key)) {
        throw section.wrong(
            key, "must not stand here: all channels of the PCA9685 have pca9685.frequency-hz");
      }
      return expander.hertz();
    }
    Range allowed = pwm == Pwm.SOFTWARE ? SOFTWARE_HERTZ : HARDWARE_HERTZ;
    return section
        .whole(key, (int) allowed.low(), (int) allowed.high(), "a whole number of hertz")
        .orElse(pwm == Pwm.SOFTWARE ? 100 : 1000);
  }

  private Source.Hardware hardware(Settings section, String key, int hertz) {
    Source.Hardware source = ofUnit(section, key, hertz);
    pulsed.add(source);
    return source;
  }

  private Source.Hardware ofUnit(Settings section, String key, int hertz) {
    String path = section.path(key);
    if (chip.isPresent()) {
      int channel = needed(section, key, section.whole(key, 0, 15, "a channel of the PWM unit"));
      take(section, key, "channel " + channel + " of the PWM unit");
      return new Source.Hardware(path, -1, channel, hertz);
    }
    int gpio = number(section, key);
    Integer channel = PWM_CHANNELS.get(gpio);
    if (channel == null) {
      throw section.wrong(
          key, "must be GPIO 12, 13, 18 or 19: no other on the header has hardware PWM");
    }
    String pair = channel == 0 ? "12 or 18" : "13 or 19";
    take(section, key, "the PWM channel of GPIO " + pair);
    take(section, key, name(gpio));
    return new Source.Hardware(path, gpio, channel, hertz);
  }

  private Source.Channel channel(Settings section, String key) {
    expanderUsed = true;
    int channel = needed(section, key, section.whole(key, 0, 15, "a channel of the PCA9685"));
    take(section, key, "channel " + channel + " of the PCA9685");
    return new Source.Channel(section.path(key), channel);
  }

  private int number(Settings section, String key) {
    return needed(
        section,
        key,
        chip.isPresent()
            ? section.whole(key, 0, LAST_LINE, "a line of gpiochip" + chip.getAsInt())
            : section.whole(key, 0, LAST_GPIO, "a GPIO"));
  }

  private static int needed(Settings section, String key, OptionalInt value) {
    return value.orElseThrow(() -> section.missing("must have " + key));
  }

  private String name(int gpio) {
    return chip.isPresent() ? "line " + gpio : "GPIO " + gpio;
  }

  private void take(Settings section, String key, String pin) {
    String owner = taken.putIfAbsent(pin, section.path(key));
    if (owner != null) {
      throw section.wrong(key, "must be another pin: " + owner + " has " + pin + " already");
    }
  }

  /** To be called last: the pins of the bus that the PCA9685 hangs on are no GPIOs. */
  void keepBusFree() {
    if (!expanderUsed || chip.isPresent()) {
      return;
    }
    Set<Integer> bus =
        switch (expander.bus()) {
          case 0 -> Set.of(0, 1);
          case 1 -> Set.of(2, 3);
          default -> Set.of();
        };
    for (int gpio : bus) {
      String owner = taken.get(name(gpio));
      if (owner != null) {
        throw new BadSettings(
            owner,
            "must be another pin: "
                + name(gpio)
                + " is the I2C bus "
                + expander.bus()
                + ", on which the PCA9685 is");
      }
    }
  }
}
