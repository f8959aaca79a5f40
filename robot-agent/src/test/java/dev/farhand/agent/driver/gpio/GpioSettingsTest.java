package dev.farhand.agent.driver.gpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.driver.BadSettings;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of mistakes in the settings, and where. No board is there. */
class GpioSettingsTest {
  private static final String MOTOR = "motor: {in1: 17, in2: 27, speed: 12}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        // Unknown keys and things that are missing.
        "{}                             | ''  | must have drive, outputs, servos, inputs,",
        "{drives: {}}                   | drives | is no setting. Known here: chip, drive, enable, pwm-unit, pca9685,",
        "{drive: 7}                     | drive  | must be names with values",
        "{drive: {}}                    | drive  | must have kind: differential or single",
        "{drive: {kind: tank}}          | drive.kind | must be one of differential, single",
        "{drive: {kind: single}}        | drive  | must have motor",
        "{drive: {kind: differential, left: {in1: 1, in2: 2}}} | drive | must have right",
        "{drive: {kind: single, left: {}}} | drive.left | is no setting. Known here: kind, motor, steering, pwm,",
        "{drive: {kind: single, motor: {}}} | drive.motor | must have in1 and in2, with or without speed, or phase",
        "{drive: {kind: single, motor: {in1: 5}}} | drive.motor | must have in2",
        "{drive: {kind: single, motor: {phase: 5}}} | drive.motor | must have speed",
        "{drive: {kind: single, motor: {in1: 5, in2: 6, en: 7}}} | drive.motor.en | is no setting. Known here: in1, in2, speed,",
        "{drive: {kind: single, motor: {esc: 5, in1: 6}}} | drive.motor.in1 | must not stand beside esc",
        "{drive: {kind: single, motor: {phase: 5, speed: 6, in2: 7}}} | drive.motor.in2 | must not stand beside phase",
        "{drive: {kind: single, motor: {in1: 5, in2: 6, pulse-us: [1, 2]}}} | drive.motor.pulse-us | must not stand beside in1",
        "{drive: {kind: single, at-rest: brake, motor: {esc: 5}}} | drive.motor | must have in1 and in2, since drive.at-rest is brake",
        "{drive: {kind: single, motor: {esc: 5}}} | drive.motor.esc | must have drive.pwm: hardware or pca9685, since a late pulse is throttle",
        "{drive: {kind: differential, pwm: software, left: {esc: 5}, right: {esc: 6}}} | drive.left.esc | must have drive.pwm: hardware or pca9685",
        "{enable: {}}                   | enable | must have pin",
        "{enable: {pin: 3, high: true}} | enable.high | is no setting. Known here: pin, active-low",
        // Pins that cannot be.
        "{enable: {pin: 28}}            | enable.pin | must be a GPIO from 0 to 27",
        "{enable: {pin: -1}}            | enable.pin | must be a GPIO from 0 to 27",
        "{enable: {pin: GPIO4}}         | enable.pin | must be a GPIO from 0 to 27",
        "{enable: {pin: 4.0}}           | enable.pin | must be a GPIO from 0 to 27",
        "{enable: {pin: 99999999999}}   | enable.pin | must be a GPIO from 0 to 27",
        "{chip: 2, enable: {pin: 512}}  | enable.pin | must be a line of gpiochip2 from 0 to 511",
        "{chip: gpiochip0}              | chip       | must be a number of /dev/gpiochip* from 0 to 63",
        "{drive: {kind: single, motor: {in1: 5, in2: 5}}} | drive.motor.in2 | must be another pin: drive.motor.in1 has GPIO 5 already",
        "{chip: 0, outputs: {lamp: {pin: 3}}, inputs: {door: {pin: 3}}} | inputs.door.pin | must be another pin: outputs.lamp.pin has line 3 already",
        "{drive: {kind: single, pwm: hardware, motor: {phase: 12, speed: 17}}} | drive.motor.speed | must be GPIO 12, 13, 18 or 19: no other",
        "{drive: {kind: single, pwm: hardware, motor: {in1: 12, in2: 18}}} | drive.motor.in2 | must be another pin: drive.motor.in1 has the PWM channel of GPIO 12 or 18 already",
        "{chip: 0, drive: {kind: single, pwm: hardware, motor: {in1: 1, in2: 16}}} | drive.motor.in2 | must be a channel of the PWM unit from 0 to 15",
        "{chip: 0, drive: {kind: single, pwm: hardware, motor: {in1: 1, in2: 1}}} | drive.motor.in2 | must be another pin: drive.motor.in1 has channel 1 of the PWM unit already",
        "{pwm-unit: pwmchip0}           | pwm-unit | must be a number of /sys/class/pwm/pwmchip* from 0 to 63",
        "{drive: {kind: single, pwm: pca9685, motor: {in1: 12, in2: 16}}} | drive.motor.in2 | must be a channel of the PCA9685 from 0 to 15",
        "{drive: {kind: single, pwm: pca9685, motor: {in1: 3, in2: 3}}} | drive.motor.in2 | must be another pin: drive.motor.in1 has channel 3 of the PCA9685 already",
        "{servos: {pan: {pin: 0, pwm: pca9685}}, outputs: {lamp: {pin: 2}}} | outputs.lamp.pin | must be another pin: GPIO 2 is the I2C bus 1",
        "{servos: {pan: {pin: 0, pwm: pca9685}}, pca9685: {bus: 0}, outputs: {lamp: {pin: 1}}} | outputs.lamp.pin | must be another pin: GPIO 1 is the I2C bus 0",
        // Wrong units and values.
        "{drive: {kind: single, pwm: fast, MOTOR}}            | drive.pwm | must be one of software, hardware, pca9685",
        "{drive: {kind: single, frequency: 100, MOTOR}}       | drive.frequency | is no setting. Known here: kind, motor, steering, pwm, frequency-hz,",
        "{drive: {kind: single, frequency-hz: 5, MOTOR}}      | drive.frequency-hz | must be a whole number of hertz from 10 to 400",
        "{drive: {kind: single, frequency-hz: 1 kHz, MOTOR}}  | drive.frequency-hz | must be a whole number of hertz from 10 to 400",
        "{drive: {kind: single, pwm: hardware, frequency-hz: 100000, MOTOR}} | drive.frequency-hz | must be a whole number of hertz from 10 to 50000",
        "{drive: {kind: single, pwm: pca9685, frequency-hz: 100, MOTOR}} | drive.frequency-hz | must not stand here: all channels of the PCA9685 have pca9685.frequency-hz",
        "{drive: {kind: single, max-duty: 80, MOTOR}}         | drive.max-duty | must be a share of full power from 0.01 to 1",
        "{drive: {kind: single, max-duty: most, MOTOR}}       | drive.max-duty | must be a share of full power from 0.01 to 1",
        "{drive: {kind: single, min-duty: 0.5, max-duty: 0.5, MOTOR}} | drive.min-duty | must be below max-duty, 0.5",
        "{drive: {kind: single, at-rest: hold, MOTOR}}        | drive.at-rest | must be one of coast, brake",
        "{drive: {kind: single, motor: {in1: 5, in2: 6, invert: 1}}} | drive.motor.invert | must be true or false",
        "{drive: {kind: single, pwm: hardware, motor: {esc: 12, pulse-us: [1, 2]}}}  | drive.motor.pulse-us | must be two numbers of microseconds from 200 to 3000, the smaller one first",
        "{drive: {kind: single, pwm: hardware, motor: {esc: 12, pulse-us: 1500}}}    | drive.motor.pulse-us | must be two numbers of microseconds",
        "{drive: {kind: single, pwm: hardware, motor: {esc: 12, neutral-us: 500}}}   | drive.motor.neutral-us | must be microseconds from 1000 to 2000",
        "{drive: {kind: single, pwm: hardware, motor: {esc: 12, neutral-us: 2000}}}  | drive.motor.neutral-us | must be below the longest pulse",
        "{drive: {kind: differential, track-mm: 0.15, left: {}, right: {}}} | drive.track-mm | must be millimetres from 10 to 5000",
        "{pca9685: {address: 0x20}}     | pca9685.address | must be an address (0x40 to 0x7f) from 64 to 127",
        "{pca9685: {frequency-hz: 2000}} | pca9685.frequency-hz | must be a whole number of hertz from 24 to 1526",
        "{pca9685: {frequency-hz: 1000}, servos: {pan: {pin: 0, pwm: pca9685}}} | pca9685.frequency-hz | must be from 40 to 200, since servos.pan wants",
        "{outputs: {lamp: 5}}           | outputs.lamp      | must be names with values",
        "{outputs: {lamp: {pin: 5, safe: dim}}} | outputs.lamp.safe | must be true or false",
        "{outputs: {Big Lamp: {pin: 5}}} | outputs.Big Lamp | must be a name of small letters, digits and dashes",
        "{outputs: {a: {pin: 5}}, servos: {a: {pin: 6}}} | servos.a | must have another name: messages could mean outputs.a",
        "{servos: {pan: {pin: 5, degrees: [90, -90]}}} | servos.pan.degrees | must be two numbers of degrees from -360 to 360, the smaller one first",
        "{servos: {pan: {pin: 5, degrees: [0, 90], safe: 180}}} | servos.pan.safe | must be degrees from 0 to 90",
        "{inputs: {door: {pin: 5, pull: high}}} | inputs.door.pull | must be one of none, up, down",
        "{encoders: {left: {b: 5}}}     | encoders.left     | must have a",
        "{encoders: {left: {a: 5, wheel-mm: 65}}} | encoders.left | must have both counts-per-turn and wheel-mm, or neither",
        "{encoders: {left: {a: 5, counts-per-turn: 0, wheel-mm: 65}}} | encoders.left.counts-per-turn | must be a whole number from 1 to 100000",
        "{rangers: {front: {trigger: 5}}} | rangers.front   | must have echo",
      })
  void a_mistake_is_told_with_its_place(String yaml, String path, String reason) {
    JsonNode settings = Bed.settings(yaml.replace("MOTOR", MOTOR));
    BadSettings bad =
        catchThrowableOfType(BadSettings.class, () -> new GpioDriver().check(settings));
    assertThat(bad).as(yaml).isNotNull();
    String where = path.replace("''", "");
    assertThat(bad.path()).isEqualTo(where);
    assertThat(bad.getMessage()).startsWith((where + " " + reason).strip()).doesNotEndWith(".");
  }

  @Test
  void numbers_are_lines_of_a_chip_where_one_is_named() {
    GpioSettings read =
        GpioSettings.read(Bed.settings("{chip: 0, enable: {pin: 7}, inputs: {a: {pin: 500}}}"));
    assertThat(read.chip()).hasValue(0);
    assertThat(read.inputs().values()).extracting(SensorSettings.Input::gpio).containsExactly(500);
  }

  @Test
  void an_address_may_be_given_as_the_boards_print_it() {
    GpioSettings read =
        GpioSettings.read(
            Bed.settings(
                "{pca9685: {address: 0x41, bus: 3}, servos: {pan: {pin: 0, pwm: pca9685}}}"));
    assertThat(read.expander()).contains(new ExpanderSettings(3, 0x41, 50));
  }

  @Test
  void on_and_off_are_words_for_true_and_false() {
    GpioSettings read =
        GpioSettings.read(Bed.settings("outputs: {a: {pin: 5, safe: on}, b: {pin: 6, safe: off}}"));
    assertThat(read.outputs().values())
        .extracting(SwitchSettings::safe)
        .containsExactly(Optional.of(true), Optional.of(false));
  }

  @Test
  void the_bus_is_left_alone_by_settings_without_a_pca9685() {
    assertThat(GpioSettings.read(Bed.settings("{outputs: {lamp: {pin: 2}}}")).expander()).isEmpty();
  }
}
