package dev.farhand.agent.driver.gpio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.driver.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An operator's message {@code {"gpio": {"lamp": true, "pan": 30}}}: either all of it is done, or
 * nothing and the operator is told why. The driver's thread.
 */
final class Wishes {
  private static final int SHOWN = 40;

  private final Rig rig;

  Wishes(Rig rig) {
    this.rig = rig;
  }

  /** Does it; what was wrong with it, if anything was. */
  Optional<String> fulfil(JsonNode wishes) {
    if (!wishes.isObject()) {
      return Optional.of("gpio must be names of outputs and servos with values.");
    }
    List<Runnable> steps = new ArrayList<>();
    for (Map.Entry<String, JsonNode> wish : wishes.properties()) {
      Optional<String> wrong = plan(wish.getKey(), wish.getValue(), steps);
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    steps.forEach(Runnable::run);
    return Optional.empty();
  }

  private Optional<String> plan(String name, JsonNode value, List<Runnable> steps) {
    Switch output = rig.outputs().get(name);
    if (output != null) {
      if (!value.isBoolean()) {
        return Optional.of("gpio." + name + " must be true or false.");
      }
      steps.add(() -> output.set(value.booleanValue()));
      return Optional.empty();
    }
    Servo servo = rig.servos().get(name);
    if (servo == null) {
      List<String> known = new ArrayList<>(rig.outputs().keySet());
      known.addAll(rig.servos().keySet());
      String shown = name.length() > SHOWN ? name.substring(0, SHOWN) + "…" : name;
      return Optional.of(
          "There is no output or servo '"
              + shown
              + "'. Known here: "
              + (known.isEmpty() ? "none" : String.join(", ", known))
              + ".");
    }
    Range range = servo.range();
    if (!value.isNumber() || !range.holds(value.doubleValue())) {
      return Optional.of(
          "gpio."
              + name
              + " must be degrees from "
              + Settings.plain(range.low())
              + " to "
              + Settings.plain(range.high())
              + ".");
    }
    steps.add(() -> servo.degrees(value.doubleValue()));
    return Optional.empty();
  }
}
