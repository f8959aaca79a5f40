package dev.farhand.agent.camera;

/** One material in every light and distance, worked out once. Immutable. */
final class Shades {
  private static final int LIGHTS = 16;
  private static final int DISTANCES = 24;
  private static final double FARTHEST = 16;

  /** What the distance fades into. */
  private static final int HAZE = 0xc3d3e0;

  private final Paint[][] paints = new Paint[LIGHTS][DISTANCES];

  Shades(int rgb) {
    for (int light = 0; light < LIGHTS; light++) {
      for (int distance = 0; distance < DISTANCES; distance++) {
        double lit = 0.45 + 0.6 * light / (LIGHTS - 1);
        double haze = 0.75 * distance / (DISTANCES - 1);
        paints[light][distance] =
            Paint.rgb(
                mixed(rgb >> 16, HAZE >> 16, lit, haze),
                mixed(rgb >> 8, HAZE >> 8, lit, haze),
                mixed(rgb, HAZE, lit, haze));
      }
    }
  }

  /**
   * The colour to paint with.
   *
   * @param light 0 in the shade to 1 in the sun
   * @param distance metres
   */
  Paint at(double light, double distance) {
    int lit = (int) (Math.max(0, Math.min(1, light)) * (LIGHTS - 1) + 0.5);
    int far = (int) (Math.min(1, distance / FARTHEST) * (DISTANCES - 1));
    return paints[lit][far];
  }

  private static double mixed(int channel, int haze, double lit, double share) {
    return (channel & 255) * lit * (1 - share) + (haze & 255) * share;
  }
}
