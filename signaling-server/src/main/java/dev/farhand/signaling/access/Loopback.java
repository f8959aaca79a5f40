package dev.farhand.signaling.access;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host and port that mean this machine and nothing else, as written in {@code Host}.
 *
 * @param port with its colon; empty if none was written
 */
record Loopback(String port) {
  private static final Pattern HOST =
      Pattern.compile(
          "(?:localhost|127\\.0\\.0\\.1|\\[::1\\])(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);

  /** Reads it; null if it is any other host. */
  static @Nullable Loopback parse(String host) {
    Matcher matcher = HOST.matcher(host);
    if (!matcher.matches()) {
      return null;
    }
    String port = matcher.group(1);
    return new Loopback(port == null ? "" : port);
  }
}
