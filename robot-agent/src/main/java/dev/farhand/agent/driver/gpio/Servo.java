package dev.farhand.agent.driver.gpio;

import java.util.OptionalDouble;

/** One servo. Without a pulse, as at first, it hangs loose. The driver's thread. */
final class Servo {
  private final Output output;
  private final ServoSettings settings;
  private OptionalDouble degrees = OptionalDouble.empty();
  private boolean holding;

  private Servo(Output output, ServoSettings settings) {
    this.output = output;
    this.settings = settings;
  }

  static Servo open(ServoSettings settings, Board board) {
    return new Servo(board.output(settings.source()), settings);
  }

  /** From -1, the shortest pulse, over 0, neutral, to 1; the other way round if inverted. */
  void turn(double value) {
    holding = true;
    output.set(settings.pulse().of(settings.invert() ? -value : value));
  }

  void degrees(double wanted) {
    Range range = settings.degrees();
    turn((wanted - range.middle()) / (range.high() - range.low()) * 2);
    degrees = OptionalDouble.of(wanted);
  }

  /** To neutral; one that hangs loose stays so, since it would jump there. */
  void centre(Attempts attempts) {
    if (holding) {
      attempts.attempt(() -> turn(0));
    }
  }

  /** Where it was sent, if it was. */
  OptionalDouble degrees() {
    return degrees;
  }

  Range range() {
    return settings.degrees();
  }

  void safe(Attempts attempts) {
    settings.safe().ifPresent(wanted -> attempts.attempt(() -> degrees(wanted)));
  }

  void off(Attempts attempts) {
    holding = false;
    attempts.attempt(() -> output.set(0));
  }
}
