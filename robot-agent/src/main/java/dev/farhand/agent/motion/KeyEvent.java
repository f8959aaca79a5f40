package dev.farhand.agent.motion;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;

/**
 * A key that went down or up on an RTCBot page.
 *
 * @param key {@code KeyboardEvent.key} (W3C UI Events), letters in lower case: whoever holds shift
 *     when a key goes down may have let go of shift when it comes up
 * @param down false if it came up
 * @param sentAt the page's monotonic clock in ms; only differences are used
 */
public record KeyEvent(String key, boolean down, long sentAt) {
  /** Larger numbers than browsers can hold exactly are nobody's clock; also keeps sums in range. */
  private static final double MOST_MILLIS = 1L << 53;

  private static final int LONGEST_KEY = 32;

  public KeyEvent {
    key = normal(key);
  }

  /** What RTCBot's {@code Keyboard} sends; empty for any other message. */
  public static Optional<KeyEvent> of(JsonNode message) {
    String type = message.path("type").asText();
    JsonNode key = message.path("key");
    double sentAt = message.path("timestamp").asDouble(Double.NaN);
    boolean down = type.equals("keydown");
    // Written so that a time that is no number is refused too.
    boolean timed = Math.abs(sentAt) < MOST_MILLIS && message.path("timestamp").isNumber();
    if (!(down || type.equals("keyup"))
        || !timed
        || !key.isTextual()
        || key.textValue().length() > LONGEST_KEY) {
      return Optional.empty();
    }
    return Optional.of(new KeyEvent(key.textValue(), down, Math.round(sentAt)));
  }

  static String normal(String key) {
    return key.toLowerCase(Locale.ROOT);
  }
}
