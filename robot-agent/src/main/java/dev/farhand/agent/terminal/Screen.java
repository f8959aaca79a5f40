package dev.farhand.agent.terminal;

import java.io.PrintWriter;

/**
 * Lines that scroll, and below them one that is rewritten (ECMA-48, and DEC's private mode 7
 * against its wrapping). Confined to one thread.
 */
final class Screen {
  private static final String CLEAR = "\r\u001b[K";
  private static final String NO_WRAP = "\u001b[?7l";
  private static final String WRAP = "\u001b[?7h";

  private final PrintWriter out;
  private String bottom = "";

  Screen(PrintWriter out) {
    this.out = out;
  }

  /** Scrolls this up. */
  void print(String line) {
    out.print(CLEAR + line + "\n");
    draw();
  }

  /** Rewrites the last line. */
  void bottom(String line) {
    if (!line.equals(bottom)) {
      bottom = line;
      out.print(CLEAR);
      draw();
    }
  }

  /** Leaves the terminal as it is for whoever comes next. */
  void end() {
    out.print(CLEAR);
    out.flush();
  }

  private void draw() {
    out.print(NO_WRAP + bottom + WRAP);
    out.flush();
  }
}
