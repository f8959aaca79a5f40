package dev.farhand.agent.driver.gpio;

/** One motor with its limits. The driver's thread. */
final class Motor {
  private final PowerStage stage;
  private final MotorSettings settings;
  private double power;

  private Motor(PowerStage stage, MotorSettings settings) {
    this.stage = stage;
    this.settings = settings;
  }

  static Motor open(MotorSettings settings, Board board) {
    return new Motor(PowerStage.open(settings.bridge(), board), settings);
  }

  /** From -1, backward, to 1, forward. */
  void run(double value) {
    if (value == 0) {
      Attempts attempts = new Attempts();
      rest(attempts);
      attempts.end();
      return;
    }
    Range duty = settings.duty();
    double size = duty.low() + (duty.high() - duty.low()) * Math.abs(value);
    power = Math.copySign(size, value);
    stage.run(settings.invert() ? -power : power);
  }

  void rest(Attempts attempts) {
    power = 0;
    if (settings.rest() == Rest.BRAKE) {
      stage.brake(attempts);
    } else {
      stage.coast(attempts);
    }
  }

  void off(Attempts attempts) {
    power = 0;
    stage.off(attempts);
  }

  /** The share of full power, negative backward. */
  double power() {
    return power;
  }
}
