package dev.farhand.agent.driver.gpio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operators' messages. That viewers' never come here is the agent's doing. */
class WishesTest {
  private static final String[] THINGS = {
    "drive: {kind: single, pwm: hardware, motor: {phase: 17, speed: 12}}",
    "outputs: {lamp: {pin: 5}, horn: {pin: 6}}",
    "servos: {pan: {pin: 13, pwm: hardware, degrees: [-45, 45]}}",
  };

  @Test
  void outputs_are_switched_and_servos_turned() {
    try (Bed bed = Bed.with(THINGS)) {
      bed.message("{\"gpio\": {\"lamp\": true, \"pan\": -45}}");
      assertThat(bed.board.high()).isEqualTo("5=1 13=0.05");
      assertThat(bed.telemetry().path("outputs").path("lamp").asBoolean()).isTrue();
      assertThat(bed.telemetry().path("outputs").path("horn").asBoolean(true)).isFalse();
      assertThat(bed.telemetry().path("servos").path("pan").asDouble()).isEqualTo(-45);
      bed.message("{\"gpio\": {\"lamp\": false}}");
      assertThat(bed.board.high()).isEqualTo("13=0.05");
      assertThat(bed.sent).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'horn': true, 'lapm': true}  | There is no output or servo 'lapm'. Known here: lamp, horn, pan.",
        "{'horn': true, 'motor': 1}    | There is no output or servo 'motor'. Known here: lamp, horn, pan.",
        "{'horn': true, 'lamp': 1}     | gpio.lamp must be true or false.",
        "{'horn': true, 'pan': true}   | gpio.pan must be degrees from -45 to 45.",
        "{'horn': true, 'pan': 46}     | gpio.pan must be degrees from -45 to 45.",
        "{'horn': true, 'pan': 1e999}  | gpio.pan must be degrees from -45 to 45.",
        "['horn']                      | gpio must be names of outputs and servos with values.",
      })
  void a_message_with_a_mistake_does_nothing_and_is_answered(String wishes, String answer) {
    try (Bed bed = Bed.with(THINGS)) {
      bed.message("{\"gpio\": " + wishes.replace('\'', '"') + "}");
      assertThat(bed.board.high()).isEmpty();
      assertThat(bed.sent).hasSize(1);
      assertThat(bed.sent.get(0).path("gpio").path("refused").asText()).isEqualTo(answer);
    }
  }

  @Test
  void an_answer_repeats_no_more_than_the_beginning_of_a_long_name() {
    try (Bed bed = Bed.with(THINGS)) {
      bed.message("{\"gpio\": {\"" + "x".repeat(50_000) + "\": true}}");
      assertThat(bed.sent.get(0).toString()).hasSizeLessThan(200);
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      delimiter = '|',
      value = {"7", "\"gpio\"", "[]", "null", "{\"data\": \"ping\"}"})
  void other_messages_are_other_programs_business(String json) {
    try (Bed bed = Bed.with(THINGS)) {
      bed.message(json);
      assertThat(bed.sent).isEmpty();
    }
  }
}
