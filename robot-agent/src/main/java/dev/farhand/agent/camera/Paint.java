package dev.farhand.agent.camera;

/** A colour in BT.601, limited range. */
record Paint(byte luma, byte u, byte v) {
  static final Paint BLACK = rgb(0x000000);
  static final Paint WHITE = rgb(0xffffff);

  static Paint rgb(int rgb) {
    return rgb((rgb >> 16) & 255, (rgb >> 8) & 255, rgb & 255);
  }

  /** Each 0 to 255; beyond is clamped. */
  static Paint rgb(double red, double green, double blue) {
    double r = clamp(red);
    double g = clamp(green);
    double b = clamp(blue);
    return new Paint(
        (byte) Math.round(16 + 0.257 * r + 0.504 * g + 0.098 * b),
        (byte) Math.round(128 - 0.148 * r - 0.291 * g + 0.439 * b),
        (byte) Math.round(128 + 0.439 * r - 0.368 * g - 0.071 * b));
  }

  private static double clamp(double value) {
    return Math.max(0, Math.min(255, value));
  }
}
