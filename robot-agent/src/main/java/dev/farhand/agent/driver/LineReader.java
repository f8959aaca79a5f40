package dev.farhand.agent.driver;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Lines of UTF-8 from a stream, with a bound on their length. One thread. */
final class LineReader {
  private final InputStream in;
  private final int most;
  private final boolean cuts;
  private final byte[] chunk = new byte[8192];
  private byte[] line = new byte[512];
  private int at;
  private int end;

  private LineReader(InputStream in, int most, boolean cuts) {
    this.in = in;
    this.most = most;
    this.cuts = cuts;
  }

  /** Whole lines only: a longer one is an error, one without its end at the end is none. */
  static LineReader strict(InputStream in, int most) {
    return new LineReader(in, most, false);
  }

  /** Text for people: longer lines lose their end. */
  static LineReader cutting(InputStream in, int most) {
    return new LineReader(in, most, true);
  }

  /**
   * The next line, without its end; empty after the last.
   *
   * @throws TooLong if a strict reader's line goes past the bound; the stream is of no use then
   */
  Optional<String> next() throws IOException {
    int length = 0;
    while (true) {
      if (at == end) {
        end = in.read(chunk);
        at = 0;
        if (end <= 0) {
          end = 0;
          return length > 0 && cuts ? Optional.of(text(length)) : Optional.empty();
        }
      }
      while (at < end) {
        byte next = chunk[at++];
        if (next == '\n') {
          return Optional.of(text(length));
        }
        if (length == most) {
          if (cuts) {
            continue;
          }
          throw new TooLong();
        }
        if (length == line.length) {
          line = Arrays.copyOf(line, Math.min(most, 2 * length));
        }
        line[length++] = next;
      }
    }
  }

  private String text(int length) {
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    return new String(line, 0, end, StandardCharsets.UTF_8);
  }

  /** A line without end. */
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
