package dev.farhand.agent.webrtc;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;

/**
 * One picture of a video, in I420 (planar YUV 4:2:0, BT.601, limited range), rows without padding.
 *
 * @param width pixels
 * @param height pixels
 * @param i420 {@code width * height} bytes of Y, then U and V with half the width and half the
 *     height each, rounded up. Not copied: it must not change any more.
 * @param nanos when the picture was taken, or for a received one when it came, on the clock of
 *     {@link System#nanoTime}
 */
public record Image(int width, int height, ByteBuffer i420, long nanos) {
  /** Wider or higher ones are refused. */
  public static final int MAX_SIDE = 8192;

  /**
   * @throws IllegalArgumentException if the bytes are not as many as the size asks for
   */
  public Image {
    if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE) {
      throw new IllegalArgumentException(
          "An image's sides are 1 to " + MAX_SIDE + " pixels, not " + width + " x " + height + ".");
    }
    if (i420.remaining() != bytes(width, height)) {
      throw new IllegalArgumentException(
          ("An I420 image of " + width + " x " + height + " has " + bytes(width, height) + " bytes")
              + (", not " + i420.remaining() + "."));
    }
    i420 = i420.slice().asReadOnlyBuffer();
  }

  /** The bytes, read-only, with a position of the caller's own. */
  @Override
  public ByteBuffer i420() {
    return i420.duplicate();
  }

  /** How many bytes an image of this size has. */
  public static int bytes(int width, int height) {
    return width * height + 2 * half(width) * half(height);
  }

  /** The same picture in I420. */
  public static Image of(BufferedImage picture, long nanos) {
    return Colours.image(picture, nanos);
  }

  /** The same picture as RGB. */
  public BufferedImage toBufferedImage() {
    return Colours.picture(this);
  }

  static int half(int side) {
    return (side + 1) / 2;
  }
}
