package dev.farhand.agent.driver.gpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is on a motor's pins, for each way in which one can be wired. */
class MotorTest {
  private static final String SINGLE =
      "drive: {kind: single, pwm: hardware, at-rest: %s, motor: %s}";

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // Two inputs and speed: L298N, TB6612FNG.
        "coast, '{in1: 17, in2: 27, speed: 12}',  0.5, 12=0.50 17=1",
        "coast, '{in1: 17, in2: 27, speed: 12}',    1, 12=1 17=1",
        "coast, '{in1: 17, in2: 27, speed: 12}', -0.5, 12=0.50 27=1",
        "coast, '{in1: 17, in2: 27, speed: 12}',    0, ''",
        "brake, '{in1: 17, in2: 27, speed: 12}',  0.5, 12=0.50 17=1",
        "brake, '{in1: 17, in2: 27, speed: 12}',    0, 12=1 17=1 27=1",
        "coast, '{in1: 17, in2: 27, speed: 12, invert: true}', 0.5, 12=0.50 27=1",
        // Two pulsed inputs: DRV8833, BTS7960.
        "coast, '{in1: 12, in2: 13}',  0.5, 12=0.50",
        "coast, '{in1: 12, in2: 13}', -0.5, 13=0.50",
        "coast, '{in1: 12, in2: 13}',    0, ''",
        "brake, '{in1: 12, in2: 13}',    0, 12=1 13=1",
        // Phase and speed: DRV8835.
        "coast, '{phase: 17, speed: 12}',  0.5, 12=0.50 17=1",
        "coast, '{phase: 17, speed: 12}', -0.5, 12=0.50",
        "coast, '{phase: 17, speed: 12}',    0, ''",
        // A speed controller: 50 pulses a second of 1 to 2 ms.
        "coast, '{esc: 12, pulse-us: [1000, 2000]}',  0, 12=0.08",
        "coast, '{esc: 12, pulse-us: [1000, 2000]}',  1, 12=0.10",
        "coast, '{esc: 12, pulse-us: [1000, 2000]}', -1, 12=0.05",
        "coast, '{esc: 12, pulse-us: [1000, 2000], neutral-us: 1000}',  0, 12=0.05",
        "coast, '{esc: 12, pulse-us: [1000, 2000], neutral-us: 1000}', -1, 12=0.05",
      })
  void pins_for(String rest, String motor, double linear, String high) {
    try (Bed bed = Bed.with(SINGLE.formatted(rest, motor))) {
      bed.driver.move(0.25, 0);
      bed.driver.move(-0.25, 0);
      bed.driver.move(linear, 0);
      assertThat(bed.board.high()).isEqualTo(high);
    }
  }

  @Test
  void the_direction_changes_while_the_speed_is_0() {
    try (Bed bed = Bed.with(SINGLE.formatted("coast", "{in1: 17, in2: 27, speed: 12}"))) {
      bed.driver.move(0.5, 0);
      bed.board.writes.clear();
      bed.driver.move(-1, 0);
      assertThat(bed.board.writes).containsExactly("12~0", "17=0", "27=1", "12~1");
    }
  }

  @Test
  void a_brake_comes_on_before_the_speed_that_would_drive() {
    try (Bed bed = Bed.with(SINGLE.formatted("brake", "{in1: 17, in2: 27, speed: 12}"))) {
      bed.driver.move(0.5, 0);
      bed.board.writes.clear();
      bed.driver.move(0, 0);
      assertThat(bed.board.writes).containsExactly("17=1", "27=1", "12~1");
    }
  }

  @ParameterizedTest
  @CsvSource({"'{in1: 17, in2: 27, speed: 12}', 27, 17", "'{in1: 12, in2: 13}', 13, 12"})
  void a_brake_with_a_broken_pin_lets_the_motor_coast(String motor, int broken, int other) {
    try (Bed bed = Bed.with(SINGLE.formatted("brake", motor))) {
      bed.driver.move(0.5, 0);
      bed.board.broken.add(broken);
      assertThatThrownBy(() -> bed.driver.move(0, 0)).hasMessageContaining("is broken");
      assertThat(bed.board.level(12)).isZero();
      assertThat(bed.board.level(other)).isZero();
    }
  }

  @Test
  void a_motion_that_goes_on_writes_the_speed_alone() {
    try (Bed bed = Bed.with(SINGLE.formatted("coast", "{phase: 17, speed: 12}"))) {
      bed.driver.move(-0.5, 0);
      bed.board.writes.clear();
      bed.driver.move(-0.75, 0);
      assertThat(bed.board.writes).containsExactly("12~0.75");
    }
  }

  @ParameterizedTest
  @CsvSource({"0.0001, 0.30", "0.5, 0.55", "1, 0.80", "-1, 0.80"})
  void the_slowest_motion_has_min_duty_and_the_fastest_max_duty(double linear, String speed) {
    try (Bed bed =
        Bed.with(
            "drive: {kind: single, pwm: hardware, min-duty: 0.3, max-duty: 0.8,",
            "        motor: {phase: 17, speed: 12}}")) {
      bed.driver.move(linear, 0);
      assertThat(TestBoard.plain(bed.board.level(12))).isEqualTo(speed);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // linear, angular (to the left), left, right
    "1, 0, 1, 1",
    "-0.5, 0, -0.5, -0.5",
    "0, 1, -1, 1",
    "0, -0.5, 0.5, -0.5",
    "0.5, 0.25, 0.25, 0.75",
    "1, 1, 0, 1",
    "1, -1, 1, 0",
    "1, 0.5, 0.333, 1",
    "-1, 1, -1, 0"
  })
  void the_sides_of_a_differential_drive(double linear, double angular, double left, double right) {
    try (Bed bed =
        Bed.with(
            "drive:",
            "  kind: differential",
            "  pwm: hardware",
            "  left: {phase: 17, speed: 12}",
            "  right: {phase: 27, speed: 13}")) {
      bed.driver.move(linear, angular);
      assertThat(bed.telemetry().path("motors").path("left").asDouble()).isEqualTo(left);
      assertThat(bed.telemetry().path("motors").path("right").asDouble()).isEqualTo(right);
      assertThat(bed.board.level(17)).isEqualTo(left > 0 ? 1 : 0);
      assertThat(bed.board.level(27)).isEqualTo(right > 0 ? 1 : 0);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 'pulse-us: [1000, 2000]', 0.10",
    "-1, 'pulse-us: [1000, 2000]', 0.05",
    "1, 'pulse-us: [1000, 2000], invert: true', 0.05",
    "0, 'pulse-us: [1000, 2000], neutral-us: 1200', 0.06",
    "0.5, 'pulse-us: [1000, 2000], neutral-us: 1200', 0.08"
  })
  void the_steering_follows_angular(double angular, String servo, String duty) {
    try (Bed bed =
        Bed.with(
            "drive: {kind: single, pwm: hardware, motor: {phase: 17, speed: 12},",
            "        steering: {pin: 13, " + servo + "}}")) {
      bed.driver.move(0.5, angular);
      assertThat(TestBoard.plain(bed.board.level(13))).isEqualTo(duty);
    }
  }
}
