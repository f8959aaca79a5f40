package dev.farhand.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What all connections to one contender measured.
 *
 * @param name of the contender
 * @param connections at least one
 */
record Result(String name, List<Connection> connections) {
  Samples connect() {
    return new Samples(connections.stream().map(Connection::connect).toList());
  }

  Samples echo() {
    return new Samples(connections.stream().flatMap(c -> c.echoes().stream()).toList());
  }

  int pictures() {
    return connections.stream().mapToInt(Connection::pictures).sum();
  }

  String size() {
    return connections.stream().map(Connection::size).distinct().collect(Collectors.joining(", "));
  }

  /** The middle of each part of connecting, in the order of the first connection. */
  Map<String, Double> parts() {
    Map<String, Double> middle = new LinkedHashMap<>();
    for (String part : connections.get(0).parts().keySet()) {
      List<Double> times =
          connections.stream()
              .filter(c -> c.parts().containsKey(part))
              .map(c -> c.parts().getOrDefault(part, 0.0))
              .toList();
      middle.put(part, new Samples(times).p50());
    }
    return middle;
  }
}
