package dev.farhand.agent.driver.serial;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.farhand.agent.driver.Settings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/**
 * A frame: an optional start byte, then the fields, packed, without padding.
 *
 * @param fields in the order of the wire
 */
record Layout(OptionalInt startByte, ByteOrder order, Map<String, FieldType> fields) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,31}");
  private static final int MOST_FIELDS = 32;

  Layout {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  static Layout read(Settings root, String key, OptionalInt startByte, ByteOrder order) {
    Settings part = root.section(key).orElseThrow();
    Map<String, FieldType> fields = new LinkedHashMap<>();
    for (String name : part.names()) {
      if (!NAME.matcher(name).matches()) {
        throw part.wrong(
            name, "must be a name of letters, digits, - and _, a letter first, 32 at most");
      }
      fields.put(
          name,
          part.word(name, FieldType.class)
              .orElseThrow(
                  () -> part.wrong(name, "must be one of " + Settings.words(FieldType.class))));
    }
    if (fields.isEmpty() || fields.size() > MOST_FIELDS) {
      throw root.wrong(key, "must have 1 to " + MOST_FIELDS + " fields, each a name with its type");
    }
    return new Layout(startByte, order, fields);
  }

  /** A whole frame. */
  int size() {
    int bytes = startByte.isPresent() ? 1 : 0;
    for (FieldType type : fields.values()) {
      bytes += type.bytes;
    }
    return bytes;
  }

  /** A frame of these values, each within its type's bounds. */
  byte[] write(ToDoubleFunction<String> values) {
    ByteBuffer frame = ByteBuffer.allocate(size()).order(order);
    startByte.ifPresent(start -> frame.put((byte) start));
    fields.forEach((name, type) -> type.put(frame, values.applyAsDouble(name)));
    return frame.array();
  }

  /** The values of a frame. */
  ObjectNode read(byte[] bytes, int from) {
    int head = startByte.isPresent() ? 1 : 0;
    ByteBuffer frame = ByteBuffer.wrap(bytes, from + head, size() - head).order(order);
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    fields.forEach((name, type) -> values.set(name, type.get(frame)));
    return values;
  }
}
