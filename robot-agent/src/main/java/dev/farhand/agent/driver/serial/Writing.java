package dev.farhand.agent.driver.serial;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.driver.Settings;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Makes bytes of a value: of {@code safe}, and of what an operator has written through. */
sealed interface Writing {
  /** The longest text, in letters. */
  int MOST = 512;

  /**
   * The bytes to write.
   *
   * @param wrong makes the exception for a value that cannot be written: what must be, instead
   */
  byte[] bytes(JsonNode value, Function<String, RuntimeException> wrong);

  /** A line for text that is known to be one. */
  default Function<String, byte[]> lines() {
    throw new IllegalStateException("no lines");
  }

  /** Lines of text. */
  record Lines(String end) implements Writing {
    @Override
    public byte[] bytes(JsonNode value, Function<String, RuntimeException> wrong) {
      String text = value.isTextual() ? value.textValue() : "";
      if (text.isEmpty()
          || text.length() > MOST
          || text.chars().anyMatch(Character::isISOControl)) {
        throw wrong.apply("must be one line of text, 1 to " + MOST + " letters, without its end");
      }
      return lines().apply(text);
    }

    @Override
    public Function<String, byte[]> lines() {
      return text -> (text + end).getBytes(StandardCharsets.UTF_8);
    }
  }

  /** Lines of JSON. */
  record Json(String end) implements Writing {
    @Override
    public byte[] bytes(JsonNode value, Function<String, RuntimeException> wrong) {
      String text = value.toString();
      if (!value.isObject() || text.length() > MOST) {
        throw wrong.apply("must be a JSON object of at most " + MOST + " letters");
      }
      return lines().apply(text);
    }

    @Override
    public Function<String, byte[]> lines() {
      return text -> (text + end).getBytes(StandardCharsets.UTF_8);
    }
  }

  /** Bytes, told in hexadecimal. */
  record Hex() implements Writing {
    private static final HexFormat FORMAT = HexFormat.of();

    @Override
    public byte[] bytes(JsonNode value, Function<String, RuntimeException> wrong) {
      String digits = value.asText().replace(" ", "").toLowerCase(Locale.ROOT);
      if (value.isTextual() && !digits.isEmpty() && digits.length() <= MOST) {
        try {
          return FORMAT.parseHex(digits);
        } catch (IllegalArgumentException e) {
          // Told below.
        }
      }
      throw wrong.apply(
          "must be text, bytes in hexadecimal such as 'a5 00 ff', at most " + MOST / 2);
    }
  }

  /** Frames. */
  record Frames(Layout layout) implements Writing {
    @Override
    public byte[] bytes(JsonNode value, Function<String, RuntimeException> wrong) {
      Map<String, FieldType> fields = layout.fields();
      boolean known =
          value.properties().stream().allMatch(entry -> fields.containsKey(entry.getKey()));
      if (!value.isObject() || value.size() != fields.size() || !known) {
        throw wrong.apply(
            "must have a number for each field of send: " + String.join(", ", fields.keySet()));
      }
      fields.forEach(
          (name, type) -> {
            if (!type.holds(value.get(name))) {
              throw wrong.apply(
                  "must have for "
                      + name
                      + (type == FieldType.FLOAT32 ? " a number" : " a whole number from ")
                      + (type == FieldType.FLOAT32
                          ? ""
                          : Settings.plain(type.least) + " to " + Settings.plain(type.most)));
            }
          });
      return layout.write(name -> value.get(name).doubleValue());
    }
  }

  /** Nothing can be written. */
  record Nothing() implements Writing {
    @Override
    public byte[] bytes(JsonNode value, Function<String, RuntimeException> wrong) {
      throw wrong.apply("cannot be written in this format");
    }
  }
}
