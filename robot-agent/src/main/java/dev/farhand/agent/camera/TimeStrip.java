package dev.farhand.agent.camera;

import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * The time in a form that survives video: a row of 40 equal cells along the upper edge, black or
 * white, as high as wide (16 pixels at a width of 640, the size of a codec's block). From the left:
 * white, black; the lowest 32 bits of the milliseconds since 1970, highest bit first, white is 1;
 * four check bits, the exclusive or of the eight groups of four; black, white.
 */
public final class TimeStrip {
  /** Cells in the row. */
  public static final int CELLS = 40;

  private static final int MIDDLE = 128;

  private TimeStrip() {}

  static int height(int width) {
    return width / CELLS / 2 * 2;
  }

  static void paint(Picture picture, long epochMillis) {
    long bits = bits(epochMillis);
    int bottom = height(picture.width);
    for (int cell = 0; cell < CELLS; cell++) {
      boolean white = (bits >> (CELLS - 1 - cell) & 1) == 1;
      int left = edge(picture.width, cell);
      int right = edge(picture.width, cell + 1);
      picture.fill(left, 0, right, bottom, white ? Paint.WHITE : Paint.BLACK);
    }
  }

  /**
   * Reads the strip.
   *
   * @param luma the picture's plane of brightness, rows without padding
   * @return milliseconds since 1970, modulo 2^32; empty if there is no strip, or a damaged one
   */
  public static OptionalLong read(ByteBuffer luma, int width) {
    long bits = 0;
    int row = height(width) / 2;
    for (int cell = 0; cell < CELLS; cell++) {
      int middle = (edge(width, cell) + edge(width, cell + 1)) / 2;
      int brightness = luma.get(luma.position() + row * width + middle) & 255;
      bits = bits << 1 | (brightness >= MIDDLE ? 1 : 0);
    }
    long millis = bits >> 6 & 0xffffffffL;
    return bits == bits(millis) ? OptionalLong.of(millis) : OptionalLong.empty();
  }

  private static long bits(long epochMillis) {
    long millis = epochMillis & 0xffffffffL;
    long check = 0;
    for (int shift = 0; shift < 32; shift += 4) {
      check ^= millis >> shift & 15;
    }
    return 0b10L << 38 | millis << 6 | check << 2 | 0b01L;
  }

  private static int edge(int width, int cell) {
    return width * cell / CELLS / 2 * 2;
  }
}
