package dev.farhand.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.farhand.protocol.SignalMessage.IceServer;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stranger may send, and what it is called. */
class HostileInputTest {
  private final JsonCodec<SignalMessage> signal = new JsonCodec<>(SignalMessage.class);
  private final JsonCodec<ChannelMessage> channel = new JsonCodec<>(ChannelMessage.class);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                                                          | bad-message",
        "null                                                        | bad-message",
        "[]                                                          | bad-message",
        "17                                                          | bad-message",
        "{                                                           | bad-message",
        "{}                                                          | bad-message",
        "{\"type\":null}                                             | bad-message",
        "{\"type\":7}                                                | unknown-type",
        "{\"type\":\"reboot\"}                                       | unknown-type",
        "{\"type\":\"java.lang.Runtime\"}                            | unknown-type",
        "{\"type\":\"ping\"} {\"type\":\"ping\"}                     | bad-message",
        "{\"type\":\"ping\",\"type\":\"pong\"}                       | bad-message",
        "{\"type\":\"waiting\",\"robotId\":\"a\",\"robotId\":\"b\"}  | bad-message",
        "{\"type\":\"join\",\"protocol\":1,\"robotId\":\"a\"}        | bad-message",
        "{\"type\":\"join\",\"protocol\":1,\"robotId\":\"../a\",\"wait\":true} | bad-robot-id",
        "{\"type\":\"join\",\"protocol\":1,\"wait\":true}            | bad-robot-id",
        "{\"type\":\"join\",\"protocol\":2,\"robotId\":\"a\",\"wait\":true} | unsupported-protocol",
        "{\"type\":\"join\",\"protocol\":1.5,\"robotId\":\"a\",\"wait\":true} | bad-message",
        "{\"type\":\"join\",\"protocol\":99999999999,\"robotId\":\"a\",\"wait\":true} | bad-message",
        "{\"type\":\"describe\",\"sessionId\":\"s\",\"negotiation\":1} | bad-message",
        "{\"type\":\"describe\",\"sessionId\":\"s\",\"negotiation\":-1,\"description\":{\"type\":\"offer\",\"sdp\":\"\"}} | bad-message",
        "{\"type\":\"describe\",\"sessionId\":\"s\",\"negotiation\":1,\"description\":{\"type\":\"rollback\",\"sdp\":\"\"}} | bad-message",
        "{\"type\":\"describe\",\"sessionId\":\"\\u0000\",\"negotiation\":1,\"description\":null} | bad-message",
      })
  void a_bad_signal_gets_its_code(String text, String code) {
    InvalidMessage refused = catchThrowableOfType(InvalidMessage.class, () -> signal.decode(text));
    assertThat(refused).isNotNull();
    assertThat(refused.code().wire()).isEqualTo(code);
    assertThat(refused.reason()).endsWith(".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stun:a\u0000b", "stun:a b", "stun:ä", "stun:a\n"})
  void an_ice_server_that_native_code_may_break_on_is_none(String hostile) {
    assertThat(new IceServer(List.of("turn:a:3478?transport=udp"), "u:s-1", "c+/=").urls())
        .hasSize(1);
    assertThat(refused(() -> new IceServer(List.of(hostile), null, null))).isNotNull();
    assertThat(refused(() -> new IceServer(List.of(), hostile, null))).isNotNull();
    assertThat(refused(() -> new IceServer(List.of(), null, hostile))).isNotNull();
  }

  private static InvalidMessage refused(ThrowingCallable step) {
    return catchThrowableOfType(InvalidMessage.class, step);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"drive\",\"seq\":1,\"sentAt\":1,\"beat\":1,\"linear\":1.01,\"angular\":0}",
        "{\"type\":\"drive\",\"seq\":1,\"sentAt\":1,\"beat\":1,\"linear\":1e999,\"angular\":0}",
        "{\"type\":\"drive\",\"seq\":1,\"sentAt\":1,\"beat\":1,\"linear\":NaN,\"angular\":0}",
        "{\"type\":\"drive\",\"seq\":1,\"sentAt\":1,\"beat\":1,\"linear\":null,\"angular\":0}",
        "{\"type\":\"drive\",\"seq\":1,\"sentAt\":1,\"beat\":1,\"linear\":true,\"angular\":0}",
        "{\"type\":\"drive\",\"seq\":1,\"sentAt\":1,\"beat\":1,\"angular\":0}",
        "{\"type\":\"drive\",\"seq\":-1,\"sentAt\":1,\"beat\":1,\"linear\":0,\"angular\":0}",
        "{\"type\":\"drive\",\"sentAt\":1,\"beat\":1,\"linear\":0,\"angular\":0}",
      })
  void a_motion_that_is_not_whole_is_no_motion(String text) {
    InvalidMessage refused = catchThrowableOfType(InvalidMessage.class, () -> channel.decode(text));
    assertThat(refused).isNotNull();
    assertThat(refused.code()).isEqualTo(Code.BAD_MESSAGE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"grant\"}",
        "{\"type\":\"grant\",\"to\":null}",
        "{\"type\":\"grant\",\"to\":\"\"}",
        "{\"type\":\"refuse\",\"to\":\"<b>bob</b>\"}",
        "{\"type\":\"refuse\",\"to\":[\"o-1\"]}",
        "{\"type\":\"grant\",\"to\":\"o-1\",\"to\":\"o-2\"}",
      })
  void an_answer_that_names_nobody_is_none(String text) {
    InvalidMessage refused = catchThrowableOfType(InvalidMessage.class, () -> channel.decode(text));
    assertThat(refused).isNotNull();
    assertThat(refused.code()).isEqualTo(Code.BAD_MESSAGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"arm\"}",
        "{\"type\":\"arm\",\"stops\":null}",
        "{\"type\":\"arm\",\"stops\":-1}",
        "{\"type\":\"arm\",\"stops\":1.5}",
        "{\"type\":\"arm\",\"stops\":[1]}",
        "{\"type\":\"arm\",\"stops\":1,\"stops\":2}",
      })
  void an_arm_that_does_not_say_which_stops_it_is_for_is_none(String text) {
    InvalidMessage refused = catchThrowableOfType(InvalidMessage.class, () -> channel.decode(text));
    assertThat(refused).isNotNull();
    assertThat(refused.code()).isEqualTo(Code.BAD_MESSAGE);
  }

  @Test
  void a_state_and_a_refusal_of_an_older_robot_are_read() {
    ChannelMessage state =
        channel.decode(
            "{\"type\":\"state\",\"motion\":\"stopped\",\"cause\":\"idle\",\"reason\":\"\","
                + "\"driver\":null,\"you\":false,\"armed\":true,\"stops\":1}");
    assertThat(state)
        .isInstanceOfSatisfying(
            ChannelMessage.State.class, older -> assertThat(older.requests()).isEmpty());
    assertThat(
            channel.decode(
                "{\"type\":\"refused\",\"what\":\"arm\",\"code\":\"internal\",\"reason\":\"x\"}"))
        .isEqualTo(new ChannelMessage.Refused("arm", Code.INTERNAL, "x"));
  }

  @Test
  void deep_nesting_ends_at_the_bound() {
    String text = "{\"type\":\"telemetry\",\"beat\":1,\"values\":" + "[".repeat(5000);
    InvalidMessage refused = catchThrowableOfType(InvalidMessage.class, () -> channel.decode(text));
    assertThat(refused).isNotNull();
    assertThat(refused.code()).isEqualTo(Code.BAD_MESSAGE);
  }

  @Test
  void the_reason_never_quotes_the_sender() {
    String text = "{\"type\":\"join\",\"protocol\":1,\"robotId\":\"<script>\",\"wait\":true}";
    InvalidMessage refused = catchThrowableOfType(InvalidMessage.class, () -> signal.decode(text));
    assertThat(refused).isNotNull();
    assertThat(refused.reason()).doesNotContain("script");
  }

  @Test
  void unknown_fields_and_unknown_codes_are_for_newer_programs() {
    assertThat(signal.decode("{\"type\":\"ping\",\"colour\":\"red\"}"))
        .isEqualTo(new SignalMessage.Ping());
    assertThat(signal.decode("{\"type\":\"error\",\"code\":\"moon-phase\",\"reason\":\"x\"}"))
        .isEqualTo(new SignalMessage.Failed(Code.UNKNOWN, "x"));
  }
}
