package dev.farhand.agent.driver.gpio;

import dev.farhand.agent.driver.Settings;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** What the robot feels. */
sealed interface SensorSettings {
  /** What an input is tied to inside the board. */
  enum Pull {
    NONE,
    UP,
    DOWN
  }

  /**
   * A switch or a logic level.
   *
   * @param activeLow low is true
   */
  record Input(String path, int gpio, Pull pull, boolean activeLow) implements SensorSettings {
    static Input read(Settings input, Pins pins) {
      input.only("pin", "pull", "active-low");
      return new Input(
          input.path("pin"),
          pins.gpio(input, "pin"),
          input.word("pull", Pull.class).orElse(Pull.NONE),
          input.flag("active-low"));
    }
  }

  /**
   * A wheel's pulses.
   *
   * @param b the second track, a quarter turn behind; without it the direction isn't known
   * @param metres of way for one count
   */
  record Encoder(
      String path, int a, OptionalInt b, Pull pull, boolean invert, OptionalDouble metres)
      implements SensorSettings {
    static Encoder read(Settings encoder, Pins pins) {
      encoder.only("a", "b", "pull", "invert", "counts-per-turn", "wheel-mm");
      OptionalInt counts = encoder.whole("counts-per-turn", 1, 100_000, "a whole number");
      OptionalDouble wheel = encoder.number("wheel-mm", 1, 5000, "the diameter in millimetres");
      if (counts.isPresent() != wheel.isPresent()) {
        throw encoder.missing("must have both counts-per-turn and wheel-mm, or neither");
      }
      int a = pins.gpio(encoder, "a");
      return new Encoder(
          encoder.path(),
          a,
          encoder.has("b") ? OptionalInt.of(pins.gpio(encoder, "b")) : OptionalInt.empty(),
          encoder.word("pull", Pull.class).orElse(Pull.NONE),
          encoder.flag("invert"),
          counts.isPresent()
              ? OptionalDouble.of(Math.PI * wheel.getAsDouble() / 1000 / counts.getAsInt())
              : OptionalDouble.empty());
    }
  }

  /** An ultrasonic ranger such as the HC-SR04. */
  record Ranger(Source.Level trigger, String path, int echo) implements SensorSettings {
    static Ranger read(Settings ranger, Pins pins) {
      ranger.only("trigger", "echo");
      return new Ranger(
          new Source.Level(ranger.path("trigger"), pins.gpio(ranger, "trigger"), false),
          ranger.path(),
          pins.gpio(ranger, "echo"));
    }
  }
}
