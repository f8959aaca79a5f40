package dev.farhand.agent.signaling;

import java.time.Duration;

/**
 * How soon the agent comes back after losing the server.
 *
 * @param base the first wait's upper end; doubles with each failure
 * @param cap the most that it grows to
 * @param goodStretch a registration that held this long forgives earlier failures
 */
public record ReconnectSettings(Duration base, Duration cap, Duration goodStretch) {
  public static final ReconnectSettings DEFAULTS =
      new ReconnectSettings(Duration.ofMillis(250), Duration.ofSeconds(10), Duration.ofSeconds(10));

  public ReconnectSettings {
    if (base.toMillis() < 1 || base.compareTo(cap) > 0) {
      throw new IllegalArgumentException(
          "The first wait before reconnecting must be positive and not above the longest.");
    }
  }
}
