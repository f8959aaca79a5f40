package dev.farhand.agent.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.protocol.ChannelMessage.Asking;
import dev.farhand.protocol.ChannelMessage.State;
import dev.farhand.protocol.OneLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a robot says, for a person, on one line that no terminal takes for a command. */
final class Plain {
  private Plain() {}

  /** A string as it is, anything else as JSON. */
  static String message(JsonNode message) {
    return line(message.isTextual() ? message.textValue() : message.toString());
  }

  /** Each value with its name, such as {@code pose.x 1.25}. */
  static String telemetry(JsonNode values) {
    List<String> parts = new ArrayList<>();
    collect("", values, parts);
    return line(String.join("  ", parts));
  }

  static String motion(State state) {
    return line((state.armed() ? "" : "STOP. ") + state.reason());
  }

  /** Somebody asks to drive. */
  static String asking(Asking asking) {
    long seconds = (asking.millisLeft() + 999) / 1000;
    return line(
        asking.you()
            ? "You ask to drive. Without an answer you do in " + seconds + " s."
            : asking.operator().name()
                + " asks to drive. Without an answer they do in "
                + seconds
                + " s.");
  }

  /** Without line breaks, and without anything that would move the cursor. */
  static String line(String text) {
    return OneLine.of(text);
  }

  private static void collect(String name, JsonNode value, List<String> parts) {
    if (value.isObject()) {
      value
          .properties()
          .forEach(
              entry ->
                  collect(
                      name.isEmpty() ? entry.getKey() : name + "." + entry.getKey(),
                      entry.getValue(),
                      parts));
    } else if (value.isFloatingPointNumber()) {
      parts.add(name + " " + String.format(Locale.ROOT, "%.2f", value.doubleValue()));
    } else {
      parts.add(name + " " + (value.isTextual() ? value.textValue() : value.toString()));
    }
  }
}
