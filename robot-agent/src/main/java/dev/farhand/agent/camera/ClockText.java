package dev.farhand.agent.camera;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** The time of day, HH:MM:SS.mmm, in letters of its own: a robot may have no fonts. */
final class ClockText {
  private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
  private static final int COLUMNS = 5;
  private static final int ROWS = 7;

  /** The digits, then colon and full stop: seven rows of five bits each. */
  private static final int[][] GLYPHS = {
    {0b01110, 0b10001, 0b10011, 0b10101, 0b11001, 0b10001, 0b01110},
    {0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110},
    {0b01110, 0b10001, 0b00001, 0b00110, 0b01000, 0b10000, 0b11111},
    {0b11111, 0b00010, 0b00100, 0b00010, 0b00001, 0b10001, 0b01110},
    {0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010},
    {0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110},
    {0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110},
    {0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000},
    {0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110},
    {0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100},
    {0b00000, 0b00100, 0b00100, 0b00000, 0b00100, 0b00100, 0b00000},
    {0b00000, 0b00000, 0b00000, 0b00000, 0b00000, 0b00110, 0b00110},
  };

  private final ZoneId zone;

  ClockText(ZoneId zone) {
    this.zone = zone;
  }

  /** White on black in the lower left corner. */
  void paint(Picture picture, long epochMillis) {
    String text = FORMAT.format(Instant.ofEpochMilli(epochMillis).atZone(zone));
    int dot = Math.max(2, picture.width / 320 * 2);
    int step = (COLUMNS + 1) * dot;
    int left = 2 * dot;
    int top = picture.height - (ROWS + 3) * dot;
    picture.fill(0, top - 2 * dot, left + text.length() * step + dot, picture.height, Paint.BLACK);
    for (int i = 0; i < text.length(); i++) {
      paint(picture, glyph(text.charAt(i)), left + i * step, top, dot);
    }
  }

  private static void paint(Picture picture, int[] glyph, int left, int top, int dot) {
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < COLUMNS; column++) {
        if ((glyph[row] >> (COLUMNS - 1 - column) & 1) == 1) {
          int x = left + column * dot;
          int y = top + row * dot;
          picture.fill(x, y, x + dot, y + dot, Paint.WHITE);
        }
      }
    }
  }

  private static int[] glyph(char letter) {
    if (letter == ':') {
      return GLYPHS[10];
    }
    return letter == '.' ? GLYPHS[11] : GLYPHS[letter - '0'];
  }
}
