package dev.farhand.agent.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.protocol.ChannelMessage.Asking;
import dev.farhand.protocol.SignalMessage.Operator;
import org.junit.jupiter.api.Test;

class PlainTest {
  @Test
  void a_name_commands_no_terminal_and_turns_no_letters() {
    Operator hostile = new Operator("o-mallory", "\u009b2J\u202ebob");
    assertThat(Plain.asking(new Asking(hostile, 8250, false)))
        .isEqualTo(" 2J bob asks to drive. Without an answer they do in 9 s.");
  }
}
