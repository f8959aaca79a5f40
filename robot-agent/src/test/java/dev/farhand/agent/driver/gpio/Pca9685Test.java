package dev.farhand.agent.driver.gpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Motors and servos on a PCA9685, down to its registers. */
class Pca9685Test {
  private static final String[] ROVER = {
    "drive:",
    "  kind: differential",
    "  pwm: pca9685",
    "  left: {in1: 10, in2: 9, speed: 8}",
    "  right: {in1: 11, in2: 12, speed: 13}",
    "pca9685: {frequency-hz: 200}",
    "servos:",
    "  pan: {pin: 0, pwm: pca9685, safe: 0}",
    "  tilt: {pin: 1, pwm: pca9685, degrees: [0, 180]}",
  };

  @Test
  void a_chip_that_was_left_running_is_off_before_anything_else_is_written() {
    try (Bed bed = new Bed()) {
      assertThat(bed.board.channel(5)).isPositive();
      bed.start(ROVER);
      assertThat(bed.board.writes)
          .startsWith("i2c fd 10", "i2c 00 30", "i2c fe 1e", "i2c 01 04", "i2c 00 20");
      for (int channel = 0; channel < 16; channel++) {
        assertThat(bed.board.channel(channel)).isZero();
      }
    }
  }

  @Test
  void a_channel_is_written_in_one_transfer() {
    try (Bed bed = Bed.with(ROVER)) {
      bed.board.writes.clear();
      bed.driver.move(0.5, -0.5);
      // ON low, ON high, OFF low, OFF high; 0x10 is all the time.
      assertThat(bed.board.writes)
          .startsWith(
              "i2c 26 00 00 00 10", // speed 0 while the direction changes
              "i2c 2e 00 10 00 00", // in1 on
              "i2c 2a 00 00 00 10", // in2 off
              "i2c 26 00 10 00 00"); // full speed
      bed.driver.move(0.25, 0);
      assertThat(bed.board.channel(8)).isEqualTo(0.25);
      assertThat(bed.board.registers[0x26 + 3]).isEqualTo(0x04);
    }
  }

  @Test
  void a_stop_switches_the_motors_off_and_leaves_a_servo_without_safe_alone() {
    try (Bed bed = Bed.with(ROVER)) {
      bed.driver.move(1, 0);
      bed.message("{\"gpio\": {\"pan\": 90, \"tilt\": 180}}");
      assertThat(bed.board.channel(0)).isCloseTo(0.4, within(0.001));
      bed.driver.stop();
      for (int channel = 8; channel < 14; channel++) {
        assertThat(bed.board.channel(channel)).isZero();
      }
      assertThat(bed.board.channel(0)).isCloseTo(0.3, within(0.001));
      assertThat(bed.board.channel(1)).isCloseTo(0.4, within(0.001));
      bed.end();
      assertThat(bed.board.channel(0)).isZero();
      assertThat(bed.board.channel(1)).isZero();
    }
  }

  @Test
  void a_servo_without_safe_hangs_loose_until_it_is_sent_somewhere() {
    try (Bed bed = Bed.with(ROVER)) {
      assertThat(bed.board.channel(1)).isZero();
      assertThat(bed.telemetry().path("servos").path("tilt").isNull()).isTrue();
      bed.message("{\"gpio\": {\"tilt\": 90}}");
      assertThat(bed.board.channel(1)).isCloseTo(0.3, within(0.001));
      assertThat(bed.telemetry().path("servos").path("tilt").asDouble()).isEqualTo(90);
    }
  }

  @Test
  void a_bus_that_fails_is_told_by_the_stop() {
    try (Bed bed = Bed.with(ROVER)) {
      bed.driver.move(1, 0);
      bed.board.busBroken = true;
      assertThatThrownBy(bed.driver::stop)
          .hasMessage("the bus is broken")
          .satisfies(e -> assertThat(e.getSuppressed()).hasSize(6));
      assertThatThrownBy(bed::end).hasMessage("the bus is broken");
    }
  }

  @Test
  void a_chip_that_does_not_answer_ends_the_start() {
    try (Bed bed = new Bed()) {
      bed.board.busBroken = true;
      assertThatThrownBy(() -> bed.start(ROVER))
          .hasMessageStartingWith("drive.left.speed cannot be opened: the bus is broken");
      assertThat(bed.board.busTries).isEqualTo(1);
    }
  }

  @Test
  void a_chip_that_does_not_answer_keeps_no_pin_of_the_board_from_becoming_safe() {
    try (Bed bed = new Bed()) {
      bed.board.busBroken = true;
      assertThatThrownBy(
              () ->
                  bed.start(
                      "drive: {kind: single, pwm: pca9685, motor: {in1: 0, in2: 1}}",
                      "enable: {pin: 25}",
                      "outputs: {lamp: {pin: 5}}"))
          .hasMessageStartingWith("drive.motor.in1 cannot be opened: the bus is broken");
      assertThat(bed.board.writes).startsWith("25=0", "5=0");
    }
  }

  @Test
  void the_enable_pin_is_off_before_the_bus_is_waited_for() {
    try (Bed bed = new Bed()) {
      bed.start(
          "servos: {pan: {pin: 0, pwm: pca9685}}",
          "outputs: {lamp: {pin: 5}}",
          "enable: {pin: 25}");
      assertThat(bed.board.writes).startsWith("25=0", "i2c fd 10").contains("5=0");
    }
  }

  @ParameterizedTest
  @CsvSource({"50, 121", "200, 30", "1526, 3", "24, 253"})
  void the_prescaler_is_that_of_the_data_sheet(int hertz, int prescale) {
    assertThat(Pca9685.prescale(hertz)).isEqualTo(prescale);
  }
}
