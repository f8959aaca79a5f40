package dev.farhand.signaling.ice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.protocol.SignalMessage.IceServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnCredentialTest {
  private final Turn turn =
      new Turn(List.of("turn:turn.example.org"), "north-wind-0123456789", Duration.ofHours(1));

  /** The signature is OpenSSL's: {@code printf %s USER | openssl sha1 -hmac SECRET -binary}. */
  @Test
  void is_what_any_other_implementation_computes() {
    assertThat(turn.credential("s-1.operator", Instant.ofEpochSecond(1_764_000_000)))
        .isEqualTo(
            new IceServer(
                List.of("turn:turn.example.org"),
                "1764003600:s-1.operator",
                "y+rUSGAUBEJueu6jN+gUG9S0iXU="));
  }

  @Test
  void secret_is_not_told_to_logs() {
    assertThat(turn.toString()).doesNotContain("north-wind");
  }
}
