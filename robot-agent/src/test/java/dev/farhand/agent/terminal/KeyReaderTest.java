package dev.farhand.agent.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.agent.terminal.Key.Name;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
class KeyReaderTest {
  @ParameterizedTest
  @CsvSource({
    "[A, UP",
    "OA, UP",
    "[1;5A, UP",
    "[B, DOWN",
    "[C, RIGHT",
    "[D, LEFT",
    "[3~, OTHER",
    "x, OTHER"
  })
  void sequences_are_keys(String afterEscape, Name name) throws Exception {
    KeyReader keys = new KeyReader(new StringReader("\u001b" + afterEscape + "z"));
    assertThat(keys.next().name()).isEqualTo(name);
    assertThat(keys.next()).as("nothing of it is left over").isEqualTo(Key.typed('z'));
  }

  @Test
  void escape_alone_is_told_from_the_beginning_of_a_sequence() throws IOException {
    PipedWriter terminal = new PipedWriter();
    KeyReader keys = new KeyReader(new PipedReader(terminal));
    terminal.write("\u001b");
    assertThat(keys.next().name()).isEqualTo(Name.ESCAPE);
    terminal.write("[A");
    assertThat(keys.next()).isEqualTo(Key.typed('['));
  }

  @ParameterizedTest
  @CsvSource({"1, CONTROL_A", "7, CONTROL_G", "18, CONTROL_R", "20, CONTROL_T"})
  void letters_with_control_are_keys(int character, Name name) throws Exception {
    assertThat(new KeyReader(new StringReader(Character.toString(character))).next().name())
        .isEqualTo(name);
  }

  @Test
  void what_is_typed_and_what_controls() throws IOException {
    KeyReader keys = new KeyReader(new StringReader("ä \t\r\n\u007f\b\u0000\u0002\u0004"));
    assertThat(keys.next()).isEqualTo(Key.typed('ä'));
    assertThat(keys.next()).isEqualTo(Key.typed(' '));
    assertThat(keys.next().name()).isEqualTo(Name.TAB);
    assertThat(keys.next().name()).isEqualTo(Name.ENTER);
    assertThat(keys.next().name()).isEqualTo(Name.ENTER);
    assertThat(keys.next().name()).isEqualTo(Name.BACKSPACE);
    assertThat(keys.next().name()).isEqualTo(Name.BACKSPACE);
    assertThat(keys.next().name()).isEqualTo(Name.CONTROL_SPACE);
    assertThat(keys.next().name()).isEqualTo(Name.OTHER);
    assertThat(keys.next().name()).isEqualTo(Name.END);
    assertThat(keys.next().name()).as("nothing more comes").isEqualTo(Name.END);
  }
}
