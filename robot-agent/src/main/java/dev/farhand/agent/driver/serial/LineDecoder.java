package dev.farhand.agent.driver.serial;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Lines that end with {@code \n} or {@code \r}; one that is too long is dropped as a whole. */
final class LineDecoder implements Decoder {
  /** Sixteen lines of NMEA; what a microcontroller has memory for. */
  static final int MOST_BYTES = 1024;

  private final Function<String, Optional<JsonNode>> read;
  private final byte[] line = new byte[MOST_BYTES];
  private int length;
  private boolean tooLong;

  /**
   * @param read makes a value of a line, if it is one
   */
  LineDecoder(Function<String, Optional<JsonNode>> read) {
    this.read = read;
  }

  @Override
  public void take(byte[] bytes, int count, Consumer<JsonNode> values) {
    for (int i = 0; i < count; i++) {
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        if (length > 0 && !tooLong) {
          read.apply(new String(line, 0, length, StandardCharsets.UTF_8)).ifPresent(values);
        }
        length = 0;
        tooLong = false;
      } else if (length == MOST_BYTES) {
        tooLong = true;
      } else {
        line[length++] = bytes[i];
      }
    }
  }
}
