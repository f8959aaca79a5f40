package dev.farhand.agent.camera;

import java.util.Arrays;

/** Sky and far hills; the hills tell which way one looks. Immutable. */
final class Backdrop {
  private static final int DIRECTIONS = 2048;

  private final Paint[] sky = new Paint[64];
  private final double[] far = new double[DIRECTIONS];
  private final double[] near = new double[DIRECTIONS];
  private final Paint farPaint = Paint.rgb(0x9fb4c8);
  private final Paint nearPaint = Paint.rgb(0x7f9a86);

  Backdrop() {
    for (int i = 0; i < sky.length; i++) {
      double down = (double) i / (sky.length - 1);
      sky[i] = Paint.rgb(96 + 116 * down, 150 + 74 * down, 210 + 24 * down);
    }
    for (int i = 0; i < DIRECTIONS; i++) {
      double angle = 2 * Math.PI * i / DIRECTIONS;
      far[i] =
          0.20
              + 0.05 * Math.sin(3 * angle + 1)
              + 0.03 * Math.sin(7 * angle)
              + 0.012 * Math.sin(19 * angle + 2);
      near[i] =
          0.14
              + 0.045 * Math.sin(2 * angle + 4)
              + 0.02 * Math.sin(9 * angle + 1)
              + 0.006 * Math.sin(31 * angle);
    }
  }

  void paintSky(Picture picture, int horizon) {
    for (int row = 0; row < horizon; row++) {
      Paint paint = sky[row * sky.length / horizon];
      Arrays.fill(picture.luma, row * picture.width, (row + 1) * picture.width, paint.luma());
      if (row % 2 == 0) {
        int half = picture.width / 2;
        Arrays.fill(picture.u, row / 2 * half, (row / 2 + 1) * half, paint.u());
        Arrays.fill(picture.v, row / 2 * half, (row / 2 + 1) * half, paint.v());
      }
    }
  }

  void paintHills(Brush brush, double direction) {
    int at = Math.floorMod((int) Math.floor(direction / (2 * Math.PI) * DIRECTIONS), DIRECTIONS);
    brush.aboveHorizon(far[at], farPaint);
    brush.aboveHorizon(near[at], nearPaint);
  }
}
