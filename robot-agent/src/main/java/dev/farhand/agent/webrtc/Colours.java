package dev.farhand.agent.webrtc;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;

/** RGB to I420 and back: ITU-R BT.601, limited range, in 16-bit fixed point. */
final class Colours {
  private Colours() {}

  static Image image(BufferedImage picture, long nanos) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    int[] rgb = picture.getRGB(0, 0, width, height, new int[width * height], 0, width);
    byte[] bytes = new byte[Image.bytes(width, height)];
    for (int i = 0; i < rgb.length; i++) {
      bytes[i] = (byte) y(rgb[i]);
    }
    int u = width * height;
    int v = u + Image.half(width) * Image.half(height);
    for (int row = 0; row < height; row += 2) {
      for (int column = 0; column < width; column += 2) {
        int colour = mean(rgb, width, height, row, column);
        bytes[u++] = (byte) u(colour);
        bytes[v++] = (byte) v(colour);
      }
    }
    return new Image(width, height, ByteBuffer.wrap(bytes), nanos);
  }

  static BufferedImage picture(Image image) {
    int width = image.width();
    int height = image.height();
    int halfWidth = Image.half(width);
    byte[] bytes = new byte[Image.bytes(width, height)];
    image.i420().get(bytes);
    int[] rgb = new int[width * height];
    int u = width * height;
    int v = u + halfWidth * Image.half(height);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int i = row * width + column;
        int chroma = row / 2 * halfWidth + column / 2;
        rgb[i] = rgb(bytes[i] & 0xff, bytes[u + chroma] & 0xff, bytes[v + chroma] & 0xff);
      }
    }
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(0, 0, width, height, rgb, 0, width);
    return picture;
  }

  /** Of the up to four pixels that share one chroma sample. */
  private static int mean(int[] rgb, int width, int height, int row, int column) {
    int red = 0;
    int green = 0;
    int blue = 0;
    for (int i = 0; i < 4; i++) {
      int at = Math.min(row + i / 2, height - 1) * width + Math.min(column + i % 2, width - 1);
      red += red(rgb[at]);
      green += green(rgb[at]);
      blue += blue(rgb[at]);
    }
    return packed(red / 4, green / 4, blue / 4);
  }

  private static int y(int rgb) {
    return 16 + ((16_829 * red(rgb) + 33_039 * green(rgb) + 6_416 * blue(rgb) + 32_768) >> 16);
  }

  private static int u(int rgb) {
    return 128 + ((-9_714 * red(rgb) - 19_071 * green(rgb) + 28_784 * blue(rgb) + 32_768) >> 16);
  }

  private static int v(int rgb) {
    return 128 + ((28_784 * red(rgb) - 24_103 * green(rgb) - 4_681 * blue(rgb) + 32_768) >> 16);
  }

  private static int rgb(int y, int u, int v) {
    int luma = 76_309 * (y - 16) + 32_768;
    int red = clamp((luma + 104_597 * (v - 128)) >> 16);
    int green = clamp((luma - 25_675 * (u - 128) - 53_279 * (v - 128)) >> 16);
    int blue = clamp((luma + 132_201 * (u - 128)) >> 16);
    return packed(red, green, blue);
  }

  private static int packed(int red, int green, int blue) {
    return (red << 16) | (green << 8) | blue;
  }

  private static int red(int rgb) {
    return (rgb >> 16) & 0xff;
  }

  private static int green(int rgb) {
    return (rgb >> 8) & 0xff;
  }

  private static int blue(int rgb) {
    return rgb & 0xff;
  }

  private static int clamp(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
