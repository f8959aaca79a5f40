package dev.farhand.agent.webrtc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;

/**
 * The form of messages on the default channel: JSON. What does not parse is the string that it is,
 * because browsers' programs send plain strings too.
 */
public final class Json {
  /** How deep an operator's message may nest: less than the lines that carry it to the driver. */
  public static final int MAX_DEPTH = 12;

  private static final JsonMapper MAPPER =
      mapper(StreamReadConstraints.builder().maxNestingDepth(64).build());
  private static final JsonMapper BOUNDED =
      mapper(
          StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxNumberLength(40).build());

  private Json() {}

  /** Never fails. */
  public static JsonNode read(String text) {
    try {
      return read(MAPPER, text);
    } catch (StreamConstraintsException e) {
      return TextNode.valueOf(text);
    }
  }

  /** The same; empty if it nests deeper, or has longer numbers, than a driver takes. */
  public static Optional<JsonNode> readBounded(String text) {
    try {
      return Optional.of(read(BOUNDED, text));
    } catch (StreamConstraintsException e) {
      return Optional.empty();
    }
  }

  private static JsonNode read(JsonMapper mapper, String text) throws StreamConstraintsException {
    try {
      JsonNode node = mapper.readTree(text);
      return node instanceof MissingNode ? TextNode.valueOf(text) : node;
    } catch (StreamConstraintsException e) {
      throw e;
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(text);
    }
  }

  /**
   * Any value that Jackson can write.
   *
   * @throws IllegalArgumentException if it cannot
   */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("This cannot be written as JSON: " + value.getClass(), e);
    }
  }

  private static JsonMapper mapper(StreamReadConstraints constraints) {
    JsonMapper mapper =
        JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    mapper.getFactory().setStreamReadConstraints(constraints);
    return mapper;
  }
}
