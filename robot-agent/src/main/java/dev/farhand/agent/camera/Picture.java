package dev.farhand.agent.camera;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The planes of one I420 picture, to be painted over and over. One thread. */
final class Picture {
  final int width;
  final int height;
  final byte[] luma;
  final byte[] u;
  final byte[] v;

  Picture(Format format) {
    this.width = format.width();
    this.height = format.height();
    this.luma = new byte[width * height];
    this.u = new byte[width * height / 4];
    this.v = new byte[width * height / 4];
  }

  /** Fills a rectangle whose edges are even. */
  void fill(int left, int top, int right, int bottom, Paint paint) {
    for (int row = top; row < bottom; row++) {
      Arrays.fill(luma, row * width + left, row * width + right, paint.luma());
    }
    for (int row = top / 2; row < bottom / 2; row++) {
      Arrays.fill(u, row * width / 2 + left / 2, row * width / 2 + right / 2, paint.u());
      Arrays.fill(v, row * width / 2 + left / 2, row * width / 2 + right / 2, paint.v());
    }
  }

  Frame frame(long nanos) {
    return new Frame(
        width,
        height,
        ByteBuffer.wrap(luma).asReadOnlyBuffer(),
        ByteBuffer.wrap(u).asReadOnlyBuffer(),
        ByteBuffer.wrap(v).asReadOnlyBuffer(),
        nanos);
  }
}
