package dev.farhand.agent.driver.serial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.farhand.agent.driver.Settings;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** Reads the templates {@code drive} and {@code safe}. */
final class Motion {
  private static final int MOST_DECIMALS = 6;
  private static final String NO_SLOT = "must have a place for the motion: " + Slots.RULE;

  private final Settings root;
  private final Writing writing;

  Motion(Settings root, Writing writing) {
    this.root = root;
    this.writing = writing;
  }

  /** What is written at each stop. */
  Optional<byte[]> safe() {
    Optional<JsonNode> given = root.value("safe");
    if (given.isPresent() && isText() && Slots.anyIn(given.get().toString())) {
      throw root.wrong("safe", "must have no place such as {left}: it is what stops the robot");
    }
    return given.map(value -> writing.bytes(value, reason("safe")));
  }

  private boolean isText() {
    return writing instanceof Writing.Lines || writing instanceof Writing.Json;
  }

  /** What is written for a motion. */
  Optional<Drive> drive() {
    Optional<JsonNode> given = root.value("drive");
    if (given.isEmpty()) {
      for (String beside : new String[] {"scale", "offset", "decimals"}) {
        if (root.has(beside)) {
          throw root.wrong(beside, "must stand beside drive, which is missing");
        }
      }
      return Optional.empty();
    }
    if (!root.has("safe")) {
      throw root.missing("must have safe beside drive: what stops the robot");
    }
    Scale scale = Scale.read(root);
    return Optional.of(
        writing instanceof Writing.Frames frames
            ? fields(frames.layout(), given.get(), scale)
            : text(given.get(), scale));
  }

  private Drive text(JsonNode given, Scale scale) {
    writing.bytes(given, reason("drive"));
    String template = given.isTextual() ? given.textValue() : given.toString();
    require(Slots.in(template, root), scale);
    // A number takes the place of a JSON text that is a slot, quotes included.
    String open = given.isTextual() ? template : template.replaceAll("\"(\\{[a-z-]+})\"", "$1");
    int decimals = decimals(scale);
    Function<String, byte[]> line = writing.lines();
    return (linear, angular) -> line.apply(Slots.fill(open, scale, decimals, linear, angular));
  }

  private int decimals(Scale scale) {
    OptionalInt given =
        root.whole("decimals", 0, MOST_DECIMALS, "a whole number, the digits after the point,");
    boolean fine = scale.factors().values().stream().anyMatch(factor -> Math.abs(factor) < 10);
    if (given.isEmpty() && fine) {
      throw root.missing(
          "must have decimals beside a scale below 10: the digits after the point, 0 to "
              + MOST_DECIMALS);
    }
    return given.orElse(0);
  }

  private Drive fields(Layout layout, JsonNode given, Scale scale) {
    Settings drive = root.section("drive").orElseThrow();
    Map<String, Double> fixed = new LinkedHashMap<>();
    Map<String, Axis> moving = new LinkedHashMap<>();
    ObjectNode trial = given.deepCopy();
    layout
        .fields()
        .forEach(
            (name, type) -> {
              String slot = given.path(name).asText();
              if (given.path(name).isTextual() && Slots.alone(slot)) {
                Axis axis = Slots.in(slot, root).iterator().next();
                scale.require(root, axis);
                if (scale.least(axis) < type.least || scale.most(axis) > type.most) {
                  throw drive.wrong(
                      name,
                      "must be a type that holds "
                          + Settings.plain(scale.least(axis))
                          + " to "
                          + Settings.plain(scale.most(axis))
                          + ", as scale and offset make it");
                }
                moving.put(name, axis);
                trial.put(name, 0);
              } else {
                fixed.put(name, given.path(name).doubleValue());
              }
            });
    writing.bytes(trial, reason("drive"));
    if (moving.isEmpty()) {
      throw root.wrong("drive", NO_SLOT);
    }
    return (linear, angular) ->
        layout.write(
            name -> {
              Axis axis = moving.get(name);
              return axis == null
                  ? fixed.getOrDefault(name, 0.0)
                  : scale.value(axis, linear, angular);
            });
  }

  private void require(Set<Axis> used, Scale scale) {
    if (used.isEmpty()) {
      throw root.wrong("drive", NO_SLOT);
    }
    EnumSet.copyOf(used).forEach(axis -> scale.require(root, axis));
  }

  private Function<String, RuntimeException> reason(String key) {
    return reason -> root.wrong(key, reason);
  }
}
