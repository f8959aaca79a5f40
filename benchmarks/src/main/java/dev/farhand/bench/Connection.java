package dev.farhand.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one connection measured. Times are milliseconds.
 *
 * @param connect from the click to the open data channel
 * @param echoes round trips
 * @param parts of connecting: what was done when, since the click
 * @param pictures that were shown during the echoes
 * @param size of the pictures
 */
record Connection(
    double connect, List<Double> echoes, Map<String, Double> parts, int pictures, String size) {
  static Connection of(JsonNode json) {
    List<Double> echoes = new ArrayList<>();
    json.path("echo").forEach(time -> echoes.add(time.asDouble()));
    Map<String, Double> parts = new LinkedHashMap<>();
    json.path("parts").properties().forEach(e -> parts.put(e.getKey(), e.getValue().asDouble()));
    return new Connection(
        json.path("connect").asDouble(),
        echoes,
        parts,
        json.path("pictures").asInt(),
        json.path("size").asText());
  }
}
