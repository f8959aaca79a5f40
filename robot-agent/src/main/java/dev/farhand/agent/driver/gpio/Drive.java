package dev.farhand.agent.driver.gpio;

import java.util.Map;
import java.util.Optional;

/** What moves the robot. The driver's thread. */
interface Drive {
  /** As of {@link dev.farhand.agent.driver.Driver#move}. */
  void move(double linear, double angular);

  /** The motors rest, the wheels point straight ahead. */
  void rest(Attempts attempts);

  /** Nobody looks after the pins from here on. */
  void off(Attempts attempts);

  /** The motors' shares of full power, for display. */
  Map<String, Double> powers();

  static Drive open(DriveSettings settings, Board board) {
    if (settings instanceof DriveSettings.Differential sides) {
      return new Differential(Motor.open(sides.left(), board), Motor.open(sides.right(), board));
    }
    DriveSettings.Single single = (DriveSettings.Single) settings;
    return new Single(
        Motor.open(single.motor(), board),
        single.steering().map(steering -> Servo.open(steering, board)));
  }

  /** Turns by running its sides at different speeds. */
  final class Differential implements Drive {
    private final Motor left;
    private final Motor right;

    Differential(Motor left, Motor right) {
      this.left = left;
      this.right = right;
    }

    @Override
    public void move(double linear, double angular) {
      // Where a side would have to be faster than it can be, both are slower: the curve stays.
      double most = Math.max(1, Math.abs(linear) + Math.abs(angular));
      left.run((linear - angular) / most);
      right.run((linear + angular) / most);
    }

    @Override
    public void rest(Attempts attempts) {
      left.rest(attempts);
      right.rest(attempts);
    }

    @Override
    public void off(Attempts attempts) {
      left.off(attempts);
      right.off(attempts);
    }

    @Override
    public Map<String, Double> powers() {
      return Map.of("left", left.power(), "right", right.power());
    }
  }

  /** Turns by its wheels, as a car does: {@code angular} is where the steering wheel stands. */
  final class Single implements Drive {
    private final Motor motor;
    private final Optional<Servo> steering;

    Single(Motor motor, Optional<Servo> steering) {
      this.motor = motor;
      this.steering = steering;
    }

    @Override
    public void move(double linear, double angular) {
      steering.ifPresent(servo -> servo.turn(angular));
      motor.run(linear);
    }

    @Override
    public void rest(Attempts attempts) {
      motor.rest(attempts);
      steering.ifPresent(servo -> servo.centre(attempts));
    }

    @Override
    public void off(Attempts attempts) {
      motor.off(attempts);
      steering.ifPresent(servo -> servo.off(attempts));
    }

    @Override
    public Map<String, Double> powers() {
      return Map.of("motor", motor.power());
    }
  }
}
