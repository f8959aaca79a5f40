package dev.farhand.protocol;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the records' constructors ask of their fields. */
final class Check {
  private static final Pattern ROBOT_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private Check() {}

  static void protocol(int protocol) {
    if (protocol != SignalMessage.PROTOCOL) {
      throw new InvalidMessage(
          Code.UNSUPPORTED_PROTOCOL,
          "Protocol " + SignalMessage.PROTOCOL + " is spoken here. Update the older program.");
    }
  }

  static void robotId(@Nullable String id) {
    if (!isRobotId(id)) {
      throw new InvalidMessage(Code.BAD_ROBOT_ID, Code.BAD_ROBOT_ID.sentence());
    }
  }

  static boolean isRobotId(@Nullable String id) {
    return id != null && ROBOT_ID.matcher(id).matches();
  }

  /** An ID made by one of Farhand's programs: session, instance, client, operator. */
  static void id(@Nullable String id, String field) {
    if (id == null || !ID.matcher(id).matches()) {
      throw bad(field + " must be 1 to 64 letters, digits, dashes or underscores");
    }
  }

  static void text(@Nullable String text, int most, String field) {
    if (text == null) {
      throw bad(field + " is missing");
    }
    if (text.length() > most) {
      throw bad(field + " is longer than " + most + " characters");
    }
  }

  static void optionalText(@Nullable String text, int most, String field) {
    if (text != null) {
      text(text, most, field);
    }
  }

  static <T> void present(@Nullable T value, String field) {
    if (value == null) {
      throw bad(field + " is missing");
    }
  }

  /** A missing list reads as an empty one. */
  static <T> List<T> list(@Nullable List<T> list, int most, String field) {
    if (list == null) {
      return List.of();
    }
    if (list.size() > most) {
      throw bad(field + " has more than " + most + " entries");
    }
    for (T entry : list) {
      present(entry, "an entry of " + field);
    }
    return List.copyOf(list);
  }

  /** What libwebrtc is handed as text: other letters, a NUL above all, may end the process. */
  static void plainText(@Nullable String text, int most, String field) {
    text(text, most, field);
    if (text != null && !text.chars().allMatch(letter -> letter > ' ' && letter < 127)) {
      throw bad(field + " must be of visible ASCII letters");
    }
  }

  static void axis(double value, String field) {
    if (!(value >= -1 && value <= 1)) {
      throw bad(field + " must be between -1 and 1");
    }
  }

  static void notNegative(long value, String field) {
    if (value < 0) {
      throw bad(field + " must not be negative");
    }
  }

  static InvalidMessage bad(String reason) {
    return new InvalidMessage(Code.BAD_MESSAGE, reason + ".");
  }
}
