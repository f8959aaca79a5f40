package dev.farhand.agent.webrtc;

import dev.onvoid.webrtc.media.video.I420Buffer;
import java.nio.ByteBuffer;

/** Between libwebrtc's padded planes and ours without padding. */
final class Planes {
  private Planes() {}

  /**
   * A copy, upright.
   *
   * @param rotation how far it must be turned clockwise to be upright: 0, 90, 180 or 270 degrees,
   *     as phones tell when they are held sideways (3GPP TS 26.114, coordination of video
   *     orientation)
   */
  static Image copy(I420Buffer from, int rotation, long nanos) {
    int width = from.getWidth();
    int height = from.getHeight();
    ByteBuffer to = ByteBuffer.allocate(Image.bytes(width, height));
    int halfWidth = Image.half(width);
    int halfHeight = Image.half(height);
    copyOut(from.getDataY(), from.getStrideY(), width, height, rotation, to);
    copyOut(from.getDataU(), from.getStrideU(), halfWidth, halfHeight, rotation, to);
    copyOut(from.getDataV(), from.getStrideV(), halfWidth, halfHeight, rotation, to);
    boolean sideways = rotation % 180 != 0;
    return new Image(sideways ? height : width, sideways ? width : height, to.flip(), nanos);
  }

  /** The three planes of an image into libwebrtc's. */
  static void fill(ByteBuffer y, ByteBuffer u, ByteBuffer v, I420Buffer to) {
    int width = to.getWidth();
    int height = to.getHeight();
    int halfWidth = Image.half(width);
    int halfHeight = Image.half(height);
    copyIn(y, to.getDataY(), to.getStrideY(), width, height);
    copyIn(u, to.getDataU(), to.getStrideU(), halfWidth, halfHeight);
    copyIn(v, to.getDataV(), to.getStrideV(), halfWidth, halfHeight);
  }

  private static void copyIn(ByteBuffer from, ByteBuffer to, int stride, int width, int height) {
    if (stride == width) {
      to.put(0, from, from.position(), width * height);
      return;
    }
    for (int row = 0; row < height; row++) {
      to.put(row * stride, from, from.position() + row * width, width);
    }
  }

  private static void copyOut(
      ByteBuffer from, int stride, int width, int height, int rotation, ByteBuffer to) {
    if (rotation == 0) {
      for (int row = 0; row < height; row++) {
        to.put(to.position(), from, row * stride, width);
        to.position(to.position() + width);
      }
      return;
    }
    boolean sideways = rotation % 180 != 0;
    int columns = sideways ? height : width;
    int rows = sideways ? width : height;
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        to.put(from.get(turned(row, column, width, height, stride, rotation)));
      }
    }
  }

  /** Where the pixel comes from that belongs at this place after turning clockwise. */
  private static int turned(int row, int column, int width, int height, int stride, int rotation) {
    return switch (rotation) {
      case 90 -> (height - 1 - column) * stride + row;
      case 180 -> (height - 1 - row) * stride + width - 1 - column;
      case 270 -> column * stride + width - 1 - row;
      default -> row * stride + column;
    };
  }
}
