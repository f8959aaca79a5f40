package dev.farhand.agent.camera;

import java.util.Arrays;

/** The yard's tiled ground, with a ring around the rover's start. One thread. */
final class Ground {
  private static final double TILE = 0.5;
  private static final int DARK = 92;
  private static final int LIGHT = 124;
  private static final int HAZE = 170;
  private static final byte RING = (byte) 215;
  private static final double RING_INSIDE = 0.40 * 0.40;
  private static final double RING_OUTSIDE = 0.47 * 0.47;

  /** Keeps coordinates positive, so that a cast rounds down. */
  private static final double OFFSET = 4096;

  private final double eye;

  Ground(double eye) {
    this.eye = eye;
  }

  void paint(Picture picture, Viewpoint from, double focal, int horizon) {
    double cos = Math.cos(from.heading());
    double sin = Math.sin(from.heading());
    for (int row = horizon; row < picture.height; row++) {
      double depth = focal * eye / (row - horizon + 0.5);
      double step = depth / focal;
      double left = -picture.width / 2.0 * step;
      paintRow(
          picture,
          row,
          from.x() + depth * cos + left * sin,
          from.y() + depth * sin - left * cos,
          step * sin,
          -step * cos,
          depth);
    }
    int half = picture.width / 2;
    int first = horizon / 2 * half;
    Arrays.fill(picture.u, first, picture.u.length, (byte) 129);
    Arrays.fill(picture.v, first, picture.v.length, (byte) 127);
  }

  private static void paintRow(
      Picture picture, int row, double x, double y, double dx, double dy, double depth) {
    // Far tiles are smaller than pixels: they fade into their mean rather than flicker.
    double contrast = Math.max(0, Math.min(1, 1.5 - depth / 7));
    double haze = Math.min(1, depth / 16) * 0.7;
    double mean = (DARK + LIGHT) / 2.0;
    byte dark = (byte) shade(mean + (DARK - mean) * contrast, haze);
    byte light = (byte) shade(mean + (LIGHT - mean) * contrast, haze);
    boolean ring = Math.abs(depth) < 6;
    byte[] luma = picture.luma;
    for (int at = row * picture.width, end = at + picture.width; at < end; at++) {
      int tile = (int) (x / TILE + OFFSET) + (int) (y / TILE + OFFSET);
      luma[at] = (tile & 1) == 0 ? dark : light;
      if (ring) {
        double distance = x * x + y * y;
        if (distance > RING_INSIDE && distance < RING_OUTSIDE) {
          luma[at] = RING;
        }
      }
      x += dx;
      y += dy;
    }
  }

  private static double shade(double luma, double haze) {
    return luma * (1 - haze) + HAZE * haze;
  }
}
