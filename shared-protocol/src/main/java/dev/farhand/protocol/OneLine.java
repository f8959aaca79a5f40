package dev.farhand.protocol;

import java.util.regex.Pattern;

/** What somebody else wrote, on one line of a log or a terminal. Any thread. */
public final class OneLine {
  /** Controls, also those above ASCII, line breaks, and what turns the direction of reading. */
  private static final Pattern CONTROLS =
      Pattern.compile("[\\p{Cc}\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]");

  private OneLine() {}

  /** The same with a space for whatever would break the line, move the cursor or turn letters. */
  public static String of(String text) {
    return CONTROLS.matcher(text).replaceAll(" ");
  }
}
