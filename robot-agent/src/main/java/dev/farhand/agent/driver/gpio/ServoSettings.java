package dev.farhand.agent.driver.gpio;

import dev.farhand.agent.driver.Settings;
import java.util.OptionalDouble;

/**
 * One servo.
 *
 * @param degrees what the ends of its pulses are called
 * @param safe the degrees that each stop brings it to, if it has such
 */
record ServoSettings(
    Source source, Pulse pulse, boolean invert, Range degrees, OptionalDouble safe) {
  private static final Range USUAL = new Range(-90, 90);

  /** A servo that operators set. */
  static ServoSettings read(Settings servo, Pins pins) {
    servo.only("pin", "pwm", "pulse-us", "invert", "degrees", "safe");
    Range degrees = Range.read(servo, "degrees", -360, 360, "degrees", USUAL);
    return read(
        servo,
        Pwm.SOFTWARE,
        pins,
        degrees,
        servo.number("safe", degrees.low(), degrees.high(), "degrees"));
  }

  /** A servo that turns the wheels. */
  static ServoSettings steering(Settings servo, Pwm otherwise, Pins pins) {
    servo.only("pin", "pwm", "pulse-us", "neutral-us", "invert");
    return read(servo, otherwise, pins, USUAL, OptionalDouble.empty());
  }

  private static ServoSettings read(
      Settings servo, Pwm otherwise, Pins pins, Range degrees, OptionalDouble safe) {
    Pwm pwm = servo.word("pwm", Pwm.class).orElse(otherwise);
    int hertz = pins.servoHertz(servo, pwm);
    return new ServoSettings(
        pins.pulsed(servo, "pin", pwm, hertz),
        Pulse.read(servo, hertz),
        servo.flag("invert"),
        degrees,
        safe);
  }
}
