package dev.farhand.agent.driver.serial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** The decoder for each format. */
final class Decoders {
  /** Below what the driver's own lines may have, which are around it. */
  private static final int DEPTH = 12;

  private static final int NUMBER_LETTERS = 40;

  private Decoders() {}

  static Decoder of(SerialSettings settings) {
    return switch (settings.format()) {
      case LINES -> new LineDecoder(line -> Optional.of(new TextNode(line)));
      case JSON -> new LineDecoder(json()::read);
      case BYTES ->
          (bytes, length, values) ->
              values.accept(new TextNode(HexFormat.of().formatHex(Arrays.copyOf(bytes, length))));
      case STRUCT ->
          settings.received().<Decoder>map(FrameDecoder::new).orElse((bytes, length, values) -> {});
      case NMEA -> new LineDecoder(new Nmea()::read);
    };
  }

  private static Json json() {
    JsonMapper mapper =
        JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(DEPTH)
                .maxNumberLength(NUMBER_LETTERS)
                .build());
    return new Json(mapper);
  }

  /** Lines of JSON; what is none says nothing. */
  private record Json(JsonMapper mapper) {
    Optional<JsonNode> read(String line) {
      try {
        return Optional.of(mapper.readTree(line)).filter(value -> !value.isMissingNode());
      } catch (JsonProcessingException e) {
        return Optional.empty();
      }
    }
  }
}
