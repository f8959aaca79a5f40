package dev.farhand.agent.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.protocol.SignalMessage.Description;
import dev.farhand.protocol.SignalMessage.IceCandidate;
import org.junit.jupiter.api.Test;

class IceGenerationTest {
  private static final IceGeneration GENERATION =
      IceGeneration.of(
          new Description(
              Description.Type.ANSWER,
              "v=0\r\na=ice-ufrag:Ab+/\r\nm=video\r\na=ice-ufrag:cd12\r\na=ice-pwd:xyz\r\n"));

  @Test
  void candidates_of_any_of_its_fragments_are_its_own() {
    assertThat(GENERATION.owns(candidate("candidate:1 1 udp 1 ::1 9 typ host ufrag cd12")))
        .isTrue();
    assertThat(GENERATION.owns(candidate("candidate:1 1 udp 1 ::1 9 typ host ufrag Ab+/ x 1")))
        .isTrue();
  }

  @Test
  void candidates_of_another_are_not_and_those_that_do_not_say_are() {
    assertThat(GENERATION.owns(candidate("candidate:1 1 udp 1 ::1 9 typ host ufrag old")))
        .isFalse();
    assertThat(GENERATION.owns(candidate("candidate:1 1 udp 1 ::1 9 typ host"))).isTrue();
  }

  private static IceCandidate candidate(String text) {
    return new IceCandidate(text, "0", 0, null);
  }
}
