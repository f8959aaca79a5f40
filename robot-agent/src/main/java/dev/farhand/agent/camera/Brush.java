package dev.farhand.agent.camera;

/** Paints one column of a picture, by heights over the ground and depths. One thread. */
final class Brush {
  private final Picture picture;
  private final int horizon;
  private final double focal;
  private final double eye;
  private int column;

  Brush(Picture picture, int horizon, double focal, double eye) {
    this.picture = picture;
    this.horizon = horizon;
    this.focal = focal;
    this.eye = eye;
  }

  void column(int column) {
    this.column = column;
  }

  double eye() {
    return eye;
  }

  /** An upright face at this depth, from one height to another. */
  void upright(double depth, double bottom, double top, Paint paint) {
    rows(row(depth, top), row(depth, bottom), paint);
  }

  /** A level face at this height, from one depth to another; seen from above only. */
  void level(double height, double near, double far, Paint paint) {
    rows(row(far, height), row(near, height), paint);
  }

  /** From the horizon up, by an angle's tangent. */
  void aboveHorizon(double tangent, Paint paint) {
    rows(horizon - (int) (tangent * focal), horizon, paint);
  }

  private int row(double depth, double height) {
    double row = horizon + focal * (eye - height) / depth;
    return (int) Math.max(-1, Math.min(picture.height + 1, row + 0.5));
  }

  private void rows(int from, int to, Paint paint) {
    int top = Math.max(0, from);
    int bottom = Math.min(picture.height, to);
    int width = picture.width;
    byte luma = paint.luma();
    for (int at = top * width + column, end = bottom * width; at < end; at += width) {
      picture.luma[at] = luma;
    }
    if (column % 2 == 0) {
      int half = width / 2;
      byte u = paint.u();
      byte v = paint.v();
      for (int row = (top + 1) / 2; row < (bottom + 1) / 2; row++) {
        int at = row * half + column / 2;
        picture.u[at] = u;
        picture.v[at] = v;
      }
    }
  }
}
