package dev.farhand.agent.driver.serial;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;

/** Makes values of what a device sends, garbage included. One thread. */
interface Decoder {
  /** The next bytes, in whatever pieces they came. */
  void take(byte[] bytes, int length, Consumer<JsonNode> values);

  /** Nothing has come for a tenth of a second. */
  default void silence(Consumer<JsonNode> values) {}
}
