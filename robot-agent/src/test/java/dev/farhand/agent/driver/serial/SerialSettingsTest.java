package dev.farhand.agent.driver.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.farhand.agent.driver.BadSettings;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may stand in the settings, and what is told of the rest. */
class SerialSettingsTest {
  private static final String LINES = "port: /dev/a, baud: 115200, format: lines, ";
  private static final String STRUCT = "port: /dev/a, baud: 115200, format: struct, ";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "baud: 9600, format: lines                            |                 | must have port",
        "port: COM3, baud: 9600, format: lines                | port            | /dev/serial/by-id",
        "port: [/dev/a], baud: 9600, format: lines            | port            | must be the path",
        "port: /dev/a, baud: 9600                             |                 | lines, json, bytes, struct, nmea",
        "port: /dev/a, baud: 9600, format: text               | format          | lines, json",
        "port: /dev/a, format: lines                          |                 | must have baud",
        "port: /dev/a, format: lines, baud: 115200 baud       | baud            | from 300 to 4000000",
        "port: /dev/a, format: lines, baud: 9600.5            | baud            | whole number",
        "LINES delay-write-start-ms: 2 s                      | delay-write-start-ms | milliseconds from 0 to 8000",
        "LINES parity: yes                                    | parity          | must be one of none, even, odd",
        "LINES stop-bits: 1.5                                 | stop-bits       | must be a whole number from 1 to 2",
        "LINES bauds: 1                                       | bauds           | Known here: port, baud",
        "LINES start-byte: 1                                  | start-byte      | is no setting",
        "LINES as: log                                        | as              | message, telemetry, nothing",
        "LINES pass-through: maybe                            | pass-through    | true or false",
        "LINES line-end: none                                 | line-end        | lf, crlf, cr",
        "LINES scale: 255                                     | scale           | drive",
        "LINES drive: 'M {left}', scale: 255                  |                 | must have safe",
        "LINES drive: 'M {left}', safe: S                     |                 | must have scale",
        "LINES drive: 'M {left}', safe: S, scale: fast        | scale           | a number",
        "LINES drive: 'M {left}', safe: S, scale: 0           | scale           | not 0",
        "LINES drive: 'M {left}', safe: S, scale: {right: 9}  | scale           | for left",
        "LINES drive: 'M {left}', safe: S, scale: {up: 9}     | scale.up        | linear, angular, left, right",
        "LINES drive: 'M {left}', safe: S, scale: 1           |                 | decimals",
        "LINES drive: 'M {up}', safe: S, scale: 255           | drive           | {left}, {right}, {linear} and {angular}",
        "LINES drive: M, safe: S, scale: 255                  | drive           | a place for the motion",
        "LINES drive: {a: '{left}'}, safe: S, scale: 255      | drive           | one line of text",
        "LINES drive: 'M {left}', safe: 'M {left}', scale: 99 | safe            | no place such as {left}: it is what stops the robot",
        "port: /dev/a, baud: 9600, format: json, safe: {v: '{linear}'}   | safe  | no place such as {left}",
        "LINES drive: 'M {left}', safe: \"S\\n\", scale: 255  | safe            | one line of text",
        "port: /dev/a, baud: 300, format: lines, drive: 'M {left} {right}', safe: S, scale: 255 | baud | at least 2400",
        "port: /dev/a, baud: 9600, format: json, safe: stop   | safe            | a JSON object",
        "port: /dev/a, baud: 9600, format: bytes, safe: 5x    | safe            | hexadecimal",
        "port: /dev/a, baud: 9600, format: bytes, drive: x    | drive           | is no setting",
        "port: /dev/a, baud: 9600, format: nmea, safe: x      | safe            | is no setting",
        "STRUCT start-byte: 1                                 |                 | send or receive",
        "STRUCT send: {}                                      | send            | 1 to 32 fields",
        "STRUCT send: {a: int17}                              | send.a          | int8, uint8, int16",
        "STRUCT send: {a b: int8}                             | send.a b        | letters",
        "STRUCT send: {a: int8}, start-byte: 300              | start-byte      | from 0 to 255",
        "STRUCT send: {a: int8}, byte-order: middle           | byte-order      | little, big",
        "STRUCT receive: {a: int8}, safe: {a: 0}              | safe            | beside send",
        "STRUCT send: {a: int8}, safe: {b: 0}                 | safe            | each field of send: a",
        "STRUCT send: {a: int8}, safe: {a: 200}               | safe            | from -128 to 127",
        "STRUCT send: {a: int8}, safe: {a: 1.5}               | safe            | whole number",
        "STRUCT send: {a: int8}, safe: {a: 0}, drive: {a: '{left}'}, scale: 255 | drive.a | holds -255 to 255",
        "STRUCT send: {a: uint16}, safe: {a: 0}, drive: {a: 7}, scale: 5 | drive | a place for the motion",
        "STRUCT send: {a: int8}, safe: {a: 0}, drive: {a: up}, scale: 5  | drive | whole number",
        "STRUCT send: {a: int8}, safe: {a: 0}, drive: up, scale: 5       | drive | names with values",
      })
  void a_mistake_is_told_with_its_place_and_what_is_allowed(
      String settings, String path, String reason) {
    assertThatThrownBy(() -> read(settings.replace("LINES ", LINES).replace("STRUCT ", STRUCT)))
        .isInstanceOfSatisfying(
            BadSettings.class,
            bad -> {
              assertThat(bad.path()).isEqualTo(path == null ? "" : path);
              assertThat(bad.reason()).contains(reason).doesNotEndWith(".");
            });
  }

  @Test
  void a_scale_and_an_offset_make_what_the_device_counts_in() {
    String pulses = "drive: '{linear} {angular}', safe: 1500 1500, offset: 1500";
    assertThat(line(pulses + ", scale: {linear: 500, angular: -400}", 1, 1))
        .isEqualTo("2000 1100\n");
    assertThat(line(pulses + ", scale: 500", 0, -0.5)).isEqualTo("1500 1250\n");
    assertThat(line("drive: '{linear}', safe: S, scale: 1, decimals: 2", -0.125, 0))
        .isEqualTo("-0.13\n");
  }

  @Test
  void a_curve_stays_where_a_side_would_have_to_be_faster_than_it_can() {
    String drive = "drive: '{left} {right}', safe: S, scale: 100, line-end: crlf";
    assertThat(line(drive, 1, 1)).isEqualTo("0 100\r\n");
    assertThat(line(drive, 1, -0.25)).isEqualTo("100 60\r\n");
  }

  @Test
  void numbers_of_a_struct_stand_in_the_byte_order_that_is_asked_for() {
    SerialSettings big =
        read(
            STRUCT
                + "byte-order: big, send: {a: int8, b: uint16, c: int32, d: float32},"
                + " drive: {a: '{linear}', b: 65535, c: -2, d: '{linear}'}, scale: -100,"
                + " safe: {a: 0, b: 0, c: 0, d: 0}");
    assertThat(HexFormat.of().formatHex(big.drive().orElseThrow().bytes(0.5, 0)))
        .isEqualTo("ce" + "ffff" + "fffffffe" + "c2480000");
    assertThat(big.safe().orElseThrow()).hasSize(11).containsOnly(0);
  }

  private static String line(String settings, double linear, double angular) {
    byte[] bytes = read(LINES + settings).drive().orElseThrow().bytes(linear, angular);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static SerialSettings read(String settings) {
    try {
      JsonNode read = new YAMLMapper().readTree("{" + settings + "}");
      return SerialSettings.read(read);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(settings, e);
    }
  }
}
