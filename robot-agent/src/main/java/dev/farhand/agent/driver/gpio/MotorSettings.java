package dev.farhand.agent.driver.gpio;

import dev.farhand.agent.driver.Settings;

/**
 * One motor.
 *
 * @param invert forward is the other way round
 * @param duty the share of full power for the slowest and for the fastest motion
 */
record MotorSettings(Bridge bridge, boolean invert, Range duty, Rest rest) {
  /** What all motors of a drive have in common. */
  record Common(Pwm pwm, int hertz, Range duty, Rest rest) {
    static final String[] KEYS = {"pwm", "frequency-hz", "min-duty", "max-duty", "at-rest"};

    static Common read(Settings drive, Pins pins) {
      Pwm pwm = drive.word("pwm", Pwm.class).orElse(Pwm.SOFTWARE);
      double most = drive.number("max-duty", 0.01, 1, "a share of full power").orElse(1);
      double least = drive.number("min-duty", 0, 0.99, "a share of full power").orElse(0);
      if (least >= most) {
        throw drive.wrong("min-duty", "must be below max-duty, " + Settings.plain(most));
      }
      return new Common(
          pwm,
          pins.motorHertz(drive, pwm),
          new Range(least, most),
          drive.word("at-rest", Rest.class).orElse(Rest.COAST));
    }
  }

  static MotorSettings read(Settings motor, Common common, Pins pins) {
    motor.only("in1", "in2", "speed", "phase", "esc", "pulse-us", "neutral-us", "invert");
    return new MotorSettings(
        bridge(motor, common, pins), motor.flag("invert"), common.duty, common.rest);
  }

  private static Bridge bridge(Settings motor, Common common, Pins pins) {
    Pwm pwm = common.pwm;
    if (motor.has("esc")) {
      refuse(motor, "esc", "in1", "in2", "speed", "phase");
      coastOnly(motor, common);
      if (pwm == Pwm.SOFTWARE) {
        throw motor.wrong(
            "esc", "must have drive.pwm: hardware or pca9685, since a late pulse is throttle");
      }
      int hertz = pins.servoHertz(motor, pwm);
      return new Bridge.Controller(pins.pulsed(motor, "esc", pwm, hertz), Pulse.read(motor, hertz));
    }
    if (motor.has("phase")) {
      refuse(motor, "phase", "in1", "in2", "pulse-us", "neutral-us");
      coastOnly(motor, common);
      return new Bridge.Phase(
          pins.direction(motor, "phase", pwm), pins.pulsed(motor, "speed", pwm, common.hertz));
    }
    if (!motor.has("in1")) {
      throw motor.missing(
          "must have in1 and in2, with or without speed, or phase and speed, or esc");
    }
    refuse(motor, "in1", "pulse-us", "neutral-us");
    return motor.has("speed")
        ? new Bridge.Inputs(
            pins.direction(motor, "in1", pwm),
            pins.direction(motor, "in2", pwm),
            pins.pulsed(motor, "speed", pwm, common.hertz))
        : new Bridge.PulsedInputs(
            pins.pulsed(motor, "in1", pwm, common.hertz),
            pins.pulsed(motor, "in2", pwm, common.hertz));
  }

  private static void refuse(Settings motor, String beside, String... keys) {
    for (String key : keys) {
      if (motor.has(key)) {
        throw motor.wrong(key, "must not stand beside " + beside);
      }
    }
  }

  private static void coastOnly(Settings motor, Common common) {
    if (common.rest == Rest.BRAKE) {
      throw motor.missing(
          "must have in1 and in2, since drive.at-rest is brake: no other wiring can brake");
    }
  }
}
