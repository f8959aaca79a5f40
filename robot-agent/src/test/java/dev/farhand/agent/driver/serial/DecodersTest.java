package dev.farhand.agent.driver.serial;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices send pieces, halves and rubbish. Letters of ISO 8859-1 stand for bytes here. */
class DecodersTest {
  private static final String PORT = "port: /dev/a, baud: 9600, format: ";
  private static final String FRAMES =
      PORT + "struct, start-byte: 0x53, receive: {a: uint8, b: uint8}";
  private static final String FIX =
      "$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47";

  private final List<String> values = new ArrayList<>();

  @Test
  void a_line_is_put_together_of_its_pieces() {
    Decoder lines = decoder(PORT + "lines");
    take(lines, "he");
    take(lines, "llo\r\nwor");
    take(lines, "ld\n");
    assertThat(values).containsExactly("\"hello\"", "\"world\"");
  }

  @Test
  void a_line_that_never_ends_takes_no_memory_and_is_dropped_whole() {
    Decoder lines = decoder(PORT + "lines");
    for (int i = 0; i < 10_000; i++) {
      take(lines, "x".repeat(500));
    }
    take(lines, "end\nnext\n");
    assertThat(values).containsExactly("\"next\"");
  }

  @Test
  void the_first_frame_counts_when_the_second_begins_and_the_others_at_once() {
    Decoder frames = decoder(FRAMES);
    take(frames, "S\1\2");
    assertThat(values).isEmpty();
    take(frames, "S");
    assertThat(values).containsExactly("{\"a\":1,\"b\":2}");
    take(frames, "\3\4");
    assertThat(values).containsExactly("{\"a\":1,\"b\":2}", "{\"a\":3,\"b\":4}");
  }

  @Test
  void a_start_byte_inside_a_frame_leads_astray_for_no_longer_than_a_frame() {
    Decoder frames = decoder(FRAMES);
    take(frames, "\0S\2S\1S\3S\1\4S\1\5S\1\6");
    assertThat(values).endsWith("{\"a\":1,\"b\":4}", "{\"a\":1,\"b\":5}", "{\"a\":1,\"b\":6}");
  }

  @Test
  void a_lost_byte_costs_the_frames_beside_it_only() {
    Decoder frames = decoder(FRAMES);
    take(frames, "S\1\1S\1\2S\1S\1\4S\1\5S\1\6");
    assertThat(values).startsWith("{\"a\":1,\"b\":1}", "{\"a\":1,\"b\":2}");
    assertThat(values).endsWith("{\"a\":1,\"b\":5}", "{\"a\":1,\"b\":6}");
  }

  @Test
  void a_silence_tells_where_a_frame_begins() {
    for (String settings : List.of(FRAMES, FRAMES.replace("start-byte: 0x53, ", ""))) {
      values.clear();
      Decoder frames = decoder(settings);
      String start = settings.contains("start-byte") ? "S" : "";
      take(frames, start + "\1");
      frames.silence(value -> values.add(value.toString()));
      take(frames, start + "\1\2");
      assertThat(values).containsExactly("{\"a\":1,\"b\":2}");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lines", "json", "bytes", "nmea", "struct, receive: {a: float32}"})
  void no_noise_breaks_a_decoder(String format) {
    Decoder decoder = decoder(PORT + format);
    Random random = new Random(7);
    byte[] noise = new byte[200];
    for (int i = 0; i < 2000; i++) {
      random.nextBytes(noise);
      decoder.take(noise, noise.length, value -> assertThat(value).isNotNull());
    }
    take(decoder, "\n" + FIX + "\n{\"a\":1}\n\0\0\0\0");
    assertThat(values).isNotEmpty();
  }

  @Test
  void a_number_that_is_none_is_null() {
    Decoder frames = decoder(PORT + "struct, receive: {a: float32}");
    take(frames, "\0\0\u00c0\u007f");
    assertThat(values).containsExactly("{\"a\":null}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*48",
        "$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,",
        "$GPGGA,123519,4807.0*47",
        "$GPGSV,1,1,00*79",
        "GPGGA",
        "$",
      })
  void a_sentence_that_is_cut_or_bent_says_nothing(String line) {
    take(decoder(PORT + "nmea"), line + "\n");
    assertThat(values).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GNGGA,123519,,,,,0,03,,,M,,M,,",
        "GPGGA,123519,4807.038,N,01131.000,E,0,03,0.9,545.4,M,46.9,M,,",
        "GPGGA,123519,9907.038,N,01131.000,E,1,03,0.9,545.4,M,46.9,M,,",
        "GPGGA,123519,4867.038,N,01131.000,E,1,03,0.9,545.4,M,46.9,M,,",
        "GPGGA,123519,4807.038,X,01131.000,E,1,03,0.9,545.4,M,46.9,M,,",
        "GPGGA,123519,-4807.038,N,01131.000,E,1,03,0.9,545.4,M,46.9,M,,",
      })
  void without_a_fix_there_is_no_position(String sentence) {
    Decoder gps = decoder(PORT + "nmea");
    take(gps, FIX + "\n" + summed(sentence) + "\n");
    assertThat(values).last().isEqualTo("{\"gps\":{\"fix\":false,\"satellites\":3}}");
  }

  @Test
  void course_and_speed_come_by_themselves_too() {
    Decoder gps = decoder(PORT + "nmea");
    String place = summed("GNGGA,123519,4807.038,N,01131.000,E,1,08,1.25,-3.5,M,46.9,M,,");
    take(gps, place + "\n" + summed("GNVTG,84.4,T,,M,022.4,N,041.5,K,A") + "\n");
    assertThat(values)
        .last()
        .isEqualTo(
            "{\"gps\":{\"fix\":true,\"satellites\":8,\"lat\":48.1173,\"lon\":11.5166667,"
                + "\"altitude\":-3.5,\"hdop\":1.25,\"speed\":11.524,\"heading\":84.4}}");
  }

  @Test
  void south_and_west_are_negative_and_knots_become_metres_a_second() {
    take(decoder(PORT + "nmea"), summed("GLRMC,1,A,3351.500,S,15112.600,W,10.0,,010126,,") + "\n");
    assertThat(values)
        .containsExactly(
            "{\"gps\":{\"fix\":true,\"lat\":-33.8583333,\"lon\":-151.21,\"speed\":5.144}}");
  }

  private static String summed(String sentence) {
    int sum = sentence.chars().reduce(0, (a, b) -> a ^ b);
    return "$%s*%02X".formatted(sentence, sum);
  }

  private static Decoder decoder(String settings) {
    return Decoders.of(SerialSettingsTest.read(settings));
  }

  private void take(Decoder decoder, String letters) {
    byte[] bytes = letters.getBytes(StandardCharsets.ISO_8859_1);
    decoder.take(bytes, bytes.length, (JsonNode value) -> values.add(value.toString()));
  }
}
