package dev.farhand.agent.terminal;

import dev.farhand.agent.terminal.Key.Name;
import java.io.IOException;
import java.io.Reader;
import java.util.concurrent.TimeUnit;

/**
 * Keys from what a terminal sends (ECMA-48, and DEC's application mode for arrows). Confined to one
 * thread.
 */
final class KeyReader {
  private static final int ESCAPE = 0x1b;

  /** The rest of a key's sequence comes at once; after the key Escape nothing does. */
  private static final long REST_MILLIS = 50;

  private final Reader in;

  KeyReader(Reader in) {
    this.in = in;
  }

  /** Waits for the next. */
  Key next() throws IOException {
    int character = in.read();
    return switch (character) {
      case -1, 0x04 -> Key.of(Name.END);
      case 0 -> Key.of(Name.CONTROL_SPACE);
      case 0x01 -> Key.of(Name.CONTROL_A);
      case 0x07 -> Key.of(Name.CONTROL_G);
      case 0x12 -> Key.of(Name.CONTROL_R);
      case 0x14 -> Key.of(Name.CONTROL_T);
      case '\r', '\n' -> Key.of(Name.ENTER);
      case '\t' -> Key.of(Name.TAB);
      case 0x08, 0x7f -> Key.of(Name.BACKSPACE);
      case ESCAPE -> sequence();
      default -> character < ' ' ? Key.of(Name.OTHER) : Key.typed((char) character);
    };
  }

  private Key sequence() throws IOException {
    if (!more()) {
      return Key.of(Name.ESCAPE);
    }
    int second = in.read();
    if (second != '[' && second != 'O') {
      return Key.of(Name.OTHER);
    }
    int last = in.read();
    while (last != -1 && (last < '@' || last > '~')) {
      last = in.read();
    }
    return Key.of(
        switch (last) {
          case 'A' -> Name.UP;
          case 'B' -> Name.DOWN;
          case 'C' -> Name.RIGHT;
          case 'D' -> Name.LEFT;
          default -> Name.OTHER;
        });
  }

  private boolean more() throws IOException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(REST_MILLIS);
    while (!in.ready()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }
}
