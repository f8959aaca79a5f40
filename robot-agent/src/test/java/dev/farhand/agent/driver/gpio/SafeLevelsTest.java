package dev.farhand.agent.driver.gpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.diozero.api.RuntimeIOException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pins while nobody drives: at the start, at each stop, when something fails, at the end. */
class SafeLevelsTest {
  private static final String HARDWARE =
      "drive: {kind: single, pwm: hardware, motor: {phase: 17, speed: 12}}";

  private static final String[] ROVER = {
    "drive:",
    "  kind: differential",
    "  pwm: hardware",
    "  left: {in1: 17, in2: 27, speed: 12}",
    "  right: {in1: 22, in2: 23, speed: 13}",
    "enable: {pin: 25}",
    "outputs:",
    "  lamp: {pin: 5}",
    "  magnet: {pin: 6, safe: false}",
    "  valve: {pin: 16, safe: true}",
    "  relay: {pin: 20, active-low: true}",
  };

  @Test
  void pins_come_up_at_their_safe_level_the_enable_pin_first() {
    try (Bed bed = new Bed()) {
      bed.start(ROVER);
      assertThat(bed.board.writes)
          .containsExactly(
              "25=0", "12~0", "17=0", "27=0", "13~0", "22=0", "23=0", "5=0", "6=0", "16=1", "20=1");
    }
  }

  @Test
  void the_first_stop_changes_no_level() {
    try (Bed bed = new Bed()) {
      bed.start(ROVER);
      String before = bed.board.high();
      bed.driver.stop();
      assertThat(bed.board.high()).isEqualTo(before).isEqualTo("16=1 20=1");
    }
  }

  @Test
  void a_stop_makes_everything_safe_again_but_not_what_has_no_safe_state() {
    try (Bed bed = Bed.with(ROVER)) {
      bed.driver.move(1, 0);
      bed.message(
          "{\"gpio\": {\"lamp\": true, \"magnet\": true, \"valve\": false, \"relay\": true}}");
      assertThat(bed.board.high()).isEqualTo("5=1 6=1 12=1 13=1 17=1 22=1 25=1");
      bed.driver.stop();
      assertThat(bed.board.high()).isEqualTo("5=1 16=1");
    }
  }

  @Test
  void a_stop_is_written_also_where_the_level_is_right_already() {
    try (Bed bed = Bed.with(ROVER)) {
      bed.board.writes.clear();
      bed.driver.stop();
      assertThat(bed.board.writes)
          .containsExactly("25=0", "12~0", "17=0", "27=0", "13~0", "22=0", "23=0", "6=0", "16=1");
    }
  }

  @Test
  void a_pin_that_fails_keeps_no_other_from_becoming_safe_and_is_told() {
    try (Bed bed = Bed.with(ROVER)) {
      bed.driver.move(1, 0);
      bed.message("{\"gpio\": {\"magnet\": true}}");
      bed.board.broken.add(25);
      bed.board.broken.add(12);
      assertThatThrownBy(bed.driver::stop)
          .isInstanceOf(RuntimeIOException.class)
          .hasMessage("GPIO 25 is broken")
          .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessage("GPIO 12 is broken"));
      assertThat(bed.board.high()).isEqualTo("12=1 16=1 20=1 25=1");
    }
  }

  @Test
  void the_end_leaves_safe_levels_and_lets_go_of_every_pin() {
    try (Bed bed = Bed.with(ROVER)) {
      bed.driver.move(-1, 1);
      bed.message("{\"gpio\": {\"lamp\": true, \"relay\": true}}");
      bed.end();
      assertThat(bed.board.high()).isEqualTo("16=1 20=1");
      assertThat(bed.board.writes.stream().filter(write -> write.endsWith("closed"))).hasSize(11);
      assertThat(bed.board.writes.get(bed.board.writes.size() - 1)).endsWith("closed");
    }
  }

  @Test
  void a_brake_is_let_go_at_the_end() {
    Bed bed =
        Bed.with("drive: {kind: single, pwm: hardware, at-rest: brake, motor: {in1: 12, in2: 13}}");
    assertThat(bed.board.high()).isEqualTo("12=1 13=1");
    bed.end();
    assertThat(bed.board.high()).isEmpty();
  }

  @Test
  void the_end_makes_the_others_safe_when_a_pin_fails() {
    try (Bed bed = Bed.with(ROVER)) {
      bed.driver.move(1, 0);
      bed.board.broken.add(17);
      assertThatThrownBy(bed::end).hasMessage("GPIO 17 is broken");
      assertThat(bed.board.high()).isEqualTo("16=1 17=1 20=1");
    }
  }

  @Test
  void pins_that_are_not_to_be_had_end_the_start_once_the_others_are_safe_and_let_go() {
    try (Bed bed = new Bed()) {
      bed.board.broken.add(17);
      bed.board.broken.add(5);
      assertThatThrownBy(() -> bed.start(ROVER))
          .hasMessageStartingWith(
              "drive.left.in1 cannot be opened: GPIO 17 is broken. Does the board have it")
          .hasMessageContaining("group gpio?")
          .satisfies(
              e ->
                  assertThat(e.getSuppressed()[0])
                      .hasMessageStartingWith("outputs.lamp.pin cannot be opened: GPIO 5"));
      assertThat(bed.board.writes)
          .startsWith("25=0", "12~0", "27=0", "13~0", "22=0", "23=0", "6=0", "16=1", "20=1")
          .contains("25 closed", "13 closed", "22 closed", "20 closed");
      assertThat(bed.board.high()).isEqualTo("16=1 20=1");
      bed.driver.stop();
      bed.driver.close();
    }
  }

  @Test
  void the_enable_pin_is_high_from_the_first_motion_to_the_stop() {
    try (Bed bed = Bed.with(ROVER)) {
      bed.driver.move(0, 0);
      assertThat(bed.board.level(25)).isZero();
      assertThat(bed.telemetry().path("enabled").asBoolean(true)).isFalse();
      bed.driver.move(0, -0.1);
      assertThat(bed.board.level(25)).isEqualTo(1);
      bed.driver.move(0, 0);
      assertThat(bed.board.level(25)).isEqualTo(1);
      assertThat(bed.telemetry().path("enabled").asBoolean(false)).isTrue();
      bed.driver.stop();
      assertThat(bed.board.level(25)).isZero();
      bed.driver.move(0, 0);
      assertThat(bed.board.level(25)).isZero();
    }
  }

  @Test
  void an_enable_pin_that_is_active_low_is_high_until_then() {
    try (Bed bed =
        Bed.with(
            "drive: {kind: single, pwm: hardware, motor: {phase: 17, speed: 12}}",
            "enable: {pin: 25, active-low: true}")) {
      assertThat(bed.board.writes.get(0)).isEqualTo("25=1");
      bed.driver.move(1, 0);
      assertThat(bed.board.level(25)).isZero();
      bed.driver.stop();
      assertThat(bed.board.level(25)).isEqualTo(1);
    }
  }

  @Test
  void a_servo_that_steers_hangs_loose_until_the_first_motion_and_points_ahead_after_each() {
    try (Bed bed =
        Bed.with("drive: {kind: single, pwm: hardware, motor: {esc: 12}, steering: {pin: 13}}")) {
      assertThat(bed.board.high()).isEqualTo("12=0.08");
      bed.driver.move(0.5, 1);
      assertThat(bed.board.high()).isEqualTo("12=0.09 13=0.10");
      bed.driver.stop();
      assertThat(bed.board.high()).isEqualTo("12=0.08 13=0.08");
      bed.end();
      assertThat(bed.board.high()).isEmpty();
    }
  }

  @Test
  void a_pwm_unit_that_a_dead_process_left_on_is_off_before_it_is_opened() throws Exception {
    try (Bed bed = new Bed()) {
      Path duty = leftOn(bed, 0);
      bed.start(HARDWARE);
      assertThat(duty).hasContent("0");
    }
  }

  @Test
  void all_channels_of_a_pwm_unit_are_off_before_one_is_opened() throws Exception {
    try (Bed bed = new Bed()) {
      Path left = leftOn(bed, 0);
      Path right = leftOn(bed, 1);
      List<String> duties = new ArrayList<>();
      bed.board.unitOpens = () -> duties.add(text(left) + text(right));
      bed.start(ROVER);
      assertThat(duties).containsExactly("00", "00");
    }
  }

  @Test
  void a_pwm_unit_that_a_dead_process_left_on_is_off_also_if_the_start_fails() throws Exception {
    try (Bed bed = new Bed()) {
      Path left = Files.createDirectories(bed.pwm.resolve("pwmchip0/pwm0/duty_cycle"));
      Path right = leftOn(bed, 1);
      bed.board.broken.add(25);
      assertThatThrownBy(() -> bed.start(ROVER))
          .hasMessageStartingWith("enable.pin cannot be opened: GPIO 25 is broken")
          .satisfies(
              e ->
                  assertThat(e.getSuppressed()[0])
                      .hasMessageStartingWith("drive.left.speed cannot be opened: " + left));
      assertThat(right).hasContent("0");
      assertThat(bed.board.writes).startsWith("17=0", "27=0", "13~0", "22=0", "23=0");
    }
  }

  private static Path leftOn(Bed bed, int channel) throws IOException {
    Path folder = Files.createDirectories(bed.pwm.resolve("pwmchip0/pwm" + channel));
    return Files.writeString(folder.resolve("duty_cycle"), "500000");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void hardware_pwm_that_is_not_there_is_told() throws Exception {
    try (Bed bed = new Bed()) {
      assertThatThrownBy(() -> bed.start("pwm-unit: 3", HARDWARE))
          .hasMessageContaining("drive.motor.speed cannot be opened: there is no ")
          .hasMessageContaining("pwmchip3 (there: pwmchip0); pwm-unit in the settings names");
    }
  }

  @Test
  void hardware_pwm_that_cannot_be_used_is_not_replaced_by_diozeros_software() {
    try (Bed bed = new Bed()) {
      bed.board.pwmBroken = true;
      assertThatThrownBy(() -> bed.start(HARDWARE))
          .hasMessageContaining("pwmchip0 cannot be used; may this user write there?");
      assertThat(bed.board.high()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"12, 2, 0", "18, 2, 0", "19, 2, 1", "12, 4, 0", "18, 4, 2", "19, 4, 3"})
  void a_gpio_has_the_channel_that_its_raspberry_pi_gives_it(int gpio, String has, int channel)
      throws Exception {
    try (Bed bed = new Bed()) {
      Files.writeString(bed.pwm.resolve("pwmchip0/npwm"), has);
      bed.start(HARDWARE.replace("12", Integer.toString(gpio)));
      assertThat(bed.board.channels).containsEntry(gpio, channel);
    }
  }

  @Test
  void hardware_pwm_of_other_boards_goes_by_channels() throws Exception {
    try (Bed bed = new Bed()) {
      Files.createDirectory(bed.pwm.resolve("pwmchip2"));
      bed.start(
          "chip: 1",
          "pwm-unit: 2",
          "drive: {kind: single, pwm: hardware, motor: {phase: 3, speed: 3}}");
      assertThat(bed.board.channels).containsEntry(3, 3);
    }
  }
}
