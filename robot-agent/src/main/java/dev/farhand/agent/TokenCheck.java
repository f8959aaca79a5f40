package dev.farhand.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.machine.Finding;
import dev.farhand.agent.webrtc.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** What a robot can tell of its own token: JWT (RFC 7519), read without checking the signature. */
final class TokenCheck {
  private TokenCheck() {}

  static Finding of(Optional<String> token, String robotId, Instant now) {
    String mend =
        "Make a new one at the server: farhand-server token --robot " + robotId + " --role robot";
    if (token.isEmpty()) {
      return Finding.ok("No token: enough for an open server on this machine only");
    }
    String[] parts = token.get().split("\\.", -1);
    JsonNode claims;
    try {
      claims =
          Json.read(
              new String(
                  Base64.getUrlDecoder().decode(parts.length == 3 ? parts[1] : ""),
                  StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      claims = Json.read("");
    }
    if (!claims.isObject()) {
      return Finding.problem("The token is none of Farhand's", mend);
    }
    if (!claims.path("exp").isNumber()) {
      return Finding.ok("The token does not expire");
    }
    Duration left = Duration.between(now, Instant.ofEpochSecond(claims.path("exp").asLong()));
    if (left.isNegative()) {
      return Finding.problem("The token has expired", mend);
    }
    return Finding.ok(
        left.toDays() > 0
            ? "The token is good for " + left.toDays() + " days"
            : "The token is good for " + left.toMinutes() + " minutes only");
  }
}
