package dev.farhand.agent.driver.gpio;

import dev.farhand.agent.driver.Settings;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What moves the robot. */
sealed interface DriveSettings {
  /**
   * A motor, or a group of them, on each side.
   *
   * @param track metres between the wheels of the two sides
   */
  record Differential(MotorSettings left, MotorSettings right, OptionalDouble track)
      implements DriveSettings {}

  /** One motor, and a servo that turns the wheels. */
  record Single(MotorSettings motor, Optional<ServoSettings> steering) implements DriveSettings {}

  /** The kinds' names. */
  enum Kind {
    DIFFERENTIAL,
    SINGLE
  }

  static DriveSettings read(Settings drive, Pins pins) {
    if (!drive.has("kind")) {
      throw drive.missing("must have kind: differential or single");
    }
    if (drive.word("kind", Kind.class).orElse(Kind.DIFFERENTIAL) == Kind.SINGLE) {
      drive.only(keys("kind", "motor", "steering"));
      MotorSettings.Common common = MotorSettings.Common.read(drive, pins);
      return new Single(
          MotorSettings.read(drive.needed("motor"), common, pins),
          drive
              .section("steering")
              .map(steering -> ServoSettings.steering(steering, common.pwm(), pins)));
    }
    drive.only(keys("kind", "left", "right", "track-mm"));
    MotorSettings.Common common = MotorSettings.Common.read(drive, pins);
    OptionalDouble track = drive.number("track-mm", 10, 5000, "millimetres");
    return new Differential(
        MotorSettings.read(drive.needed("left"), common, pins),
        MotorSettings.read(drive.needed("right"), common, pins),
        track.isPresent() ? OptionalDouble.of(track.getAsDouble() / 1000) : track);
  }

  private static String[] keys(String... own) {
    return Stream.concat(Stream.of(own), Stream.of(MotorSettings.Common.KEYS))
        .toArray(String[]::new);
  }
}
