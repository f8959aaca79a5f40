package dev.farhand.agent.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The newest values of drivers that have names, as one object: each driver's below its name; but
 * what every display knows stands on top, from the first driver with motion that tells it. Confined
 * to the agent's loop.
 */
final class Telemetry {
  /** What stands on top. */
  static final List<String> ON_TOP = List.of("at", "battery", "pose", "speed");

  private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

  private final Map<String, Boolean> motion = new LinkedHashMap<>();
  private final Map<String, JsonNode> values = new LinkedHashMap<>();

  Telemetry(List<DriverSpec> specs) {
    specs.forEach(spec -> motion.put(spec.name(), spec.motion()));
  }

  /** A driver has told its values, an object. */
  void tell(String name, JsonNode newest) {
    values.put(name, newest);
  }

  /** A driver is down: what it told last is no news any more. */
  void down(String name, DriverFault.Code code) {
    values.put(name, JsonNodeFactory.instance.objectNode().put("down", code.wire()));
  }

  /** A driver is up, and has told nothing yet. */
  void up(String name) {
    values.remove(name);
  }

  /** A new object; the values in it are the drivers' own and must not be changed. */
  JsonNode merged() {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    motion.forEach(
        (name, moves) -> {
          ObjectNode own = JsonNodeFactory.instance.objectNode();
          values
              .getOrDefault(name, NOTHING)
              .properties()
              .forEach(
                  entry -> {
                    boolean onTop =
                        moves && ON_TOP.contains(entry.getKey()) && !all.has(entry.getKey());
                    (onTop ? all : own).set(entry.getKey(), entry.getValue());
                  });
          if (!own.isEmpty()) {
            all.set(name, own);
          }
        });
    return all;
  }
}
