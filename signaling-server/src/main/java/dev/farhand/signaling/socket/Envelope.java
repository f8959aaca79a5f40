package dev.farhand.signaling.socket;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.farhand.protocol.Code;
import dev.farhand.protocol.InvalidMessage;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the server reads of a message that it relays: where it goes, and whether it may. The session
 * description and the candidate are checked to be JSON and otherwise skipped.
 *
 * @param kind what it is
 */
record Envelope(Kind kind, String sessionId, int negotiation) {
  enum Kind {
    OFFER,
    ANSWER,
    CANDIDATE
  }

  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(16).maxNumberLength(40).build())
          .build();

  /**
   * Reads the envelope of a message that is relayed unread; empty if it is of another type.
   *
   * @throws InvalidMessage if it is no message of the protocol
   */
  static Optional<Envelope> of(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      return new Reader(parser).read();
    } catch (IOException e) {
      throw bad("This is not one JSON object.");
    }
  }

  private static InvalidMessage bad(String reason) {
    return new InvalidMessage(Code.BAD_MESSAGE, reason);
  }

  /** Walks over one message. */
  private static final class Reader {
    private final JsonParser parser;
    private @Nullable String type;
    private @Nullable String sessionId;
    private @Nullable String descriptionType;
    private int negotiation = -1;
    private boolean hasCandidate;

    Reader(JsonParser parser) {
      this.parser = parser;
    }

    Optional<Envelope> read() throws IOException {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw bad("This is not one JSON object.");
      }
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        field(name);
        if (type != null && !type.equals("describe") && !type.equals("candidate")) {
          return Optional.empty();
        }
      }
      if (parser.nextToken() != null) {
        throw bad("This is not one JSON object.");
      }
      return type == null ? Optional.empty() : Optional.of(envelope(type));
    }

    private void field(String name) throws IOException {
      switch (name) {
        case "type" -> type = string();
        case "sessionId" -> sessionId = string();
        case "negotiation" -> {
          if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            negotiation = parser.getIntValue();
          } else {
            parser.skipChildren();
          }
        }
        case "description" -> description();
        case "candidate" -> {
          hasCandidate = true;
          parser.skipChildren();
        }
        default -> parser.skipChildren();
      }
    }

    private void description() throws IOException {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        return;
      }
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        if (name.equals("type")) {
          descriptionType = string();
        } else {
          parser.skipChildren();
        }
      }
    }

    private @Nullable String string() throws IOException {
      if (parser.currentToken() == JsonToken.VALUE_STRING) {
        return parser.getText();
      }
      parser.skipChildren();
      return null;
    }

    private Envelope envelope(String relayedType) {
      if (sessionId == null) {
        throw bad("sessionId is missing.");
      }
      if (negotiation < 0) {
        throw bad("negotiation is missing or negative.");
      }
      return new Envelope(kind(relayedType), sessionId, negotiation);
    }

    private Kind kind(String relayedType) {
      if (relayedType.equals("candidate")) {
        if (!hasCandidate) {
          throw bad("candidate is missing; it is null after the last.");
        }
        return Kind.CANDIDATE;
      }
      if ("offer".equals(descriptionType)) {
        return Kind.OFFER;
      }
      if ("answer".equals(descriptionType)) {
        return Kind.ANSWER;
      }
      throw bad("description.type must be offer or answer.");
    }
  }
}
