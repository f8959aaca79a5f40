package dev.farhand.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {
  @Test
  void nothing_breaks_the_line_moves_the_cursor_or_turns_letters() {
    for (String hostile :
        new String[] {
          "\n", "\r", "\0", "\u001b", "\u007f", "\u0085", "\u009b", "\u061c", "\u200e", "\u200f",
          "\u2028", "\u2029", "\u202a", "\u202e", "\u2066", "\u2069"
        }) {
      assertThat(OneLine.of("a" + hostile + "2J"))
          .as("U+%04x", (int) hostile.charAt(0))
          .isEqualTo("a 2J");
    }
  }

  @Test
  void letters_of_every_script_stay() {
    String names = "Zoë \u05d3\u05e0\u05d4 \u0644\u064a\u0644\u0649 \u4e3d \ud83e\udd16";
    assertThat(OneLine.of(names)).isEqualTo(names);
  }
}
