package dev.farhand.agent.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  @Test
  void lines_are_split_and_the_last_without_an_end_is_none() throws IOException {
    LineReader lines = LineReader.strict(stream("one\r\n\ntwö\nthr"), 10);
    assertThat(lines.next()).contains("one");
    assertThat(lines.next()).contains("");
    assertThat(lines.next()).contains("twö");
    assertThat(lines.next()).isEmpty();
  }

  @Test
  void a_strict_line_may_be_as_long_as_the_bound_and_no_longer() throws IOException {
    LineReader lines = LineReader.strict(stream("x".repeat(9000) + "\n" + "x".repeat(9001)), 9000);
    assertThat(lines.next()).contains("x".repeat(9000));
    assertThatThrownBy(lines::next).isInstanceOf(LineReader.TooLong.class);
  }

  @Test
  void a_long_text_for_people_loses_its_end() throws IOException {
    LineReader lines = LineReader.cutting(stream("x".repeat(50_000) + "\nshort"), 1000);
    assertThat(lines.next()).contains("x".repeat(1000));
    assertThat(lines.next()).contains("short");
    assertThat(lines.next()).isEmpty();
  }

  private static ByteArrayInputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
