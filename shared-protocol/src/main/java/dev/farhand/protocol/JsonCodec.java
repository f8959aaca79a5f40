package dev.farhand.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Text to messages of one family and back. Strict where a mistake could hide (duplicate keys,
 * trailing text, missing numbers), lenient where versions may differ (unknown fields). Immutable;
 * any thread.
 *
 * @param <T> the family's root, such as {@link SignalMessage}
 */
public final class JsonCodec<T> {
  private static final int DEPTH = 16;

  private final ObjectReader reader;
  private final ObjectWriter writer;

  /** A codec for the family whose root carries Jackson's type annotations. */
  public JsonCodec(Class<T> root) {
    JsonMapper mapper =
        JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(DEPTH).maxNumberLength(40).build())
        .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION);
    this.reader = mapper.readerFor(root);
    this.writer = mapper.writerFor(root);
  }

  /**
   * Reads one message.
   *
   * @throws InvalidMessage if it is none; the reason never quotes the text
   */
  public T decode(String text) {
    T message;
    try {
      message = reader.readValue(text);
    } catch (InvalidTypeIdException e) {
      if (e.getTypeId() == null) {
        throw Check.bad("The message has no type");
      }
      throw new InvalidMessage(Code.UNKNOWN_TYPE, Code.UNKNOWN_TYPE.sentence());
    } catch (JsonMappingException e) {
      if (e.getCause() instanceof InvalidMessage invalid) {
        throw invalid;
      }
      throw Check.bad("The field " + path(e) + " is missing or of the wrong kind");
    } catch (JsonProcessingException e) {
      throw Check.bad("This is not one JSON object");
    }
    if (message == null) {
      throw Check.bad("The message is null");
    }
    return message;
  }

  /** Writes one message, without line breaks. */
  public String encode(T message) {
    try {
      return writer.writeValueAsString(message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A record of the protocol could not be written", e);
    }
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      // Names that are the sender's own would quote it; all of ours are short words.
      String name = step.getFieldName();
      path.append(path.length() == 0 || name == null ? "" : ".");
      path.append(name == null ? "[" + step.getIndex() + "]" : name);
    }
    return path.length() == 0 ? "(all)" : path.toString();
  }
}
