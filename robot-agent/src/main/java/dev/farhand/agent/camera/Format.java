package dev.farhand.agent.camera;

/**
 * Size and pace of a camera's pictures.
 *
 * @param width pixels, even, 160 to 1920
 * @param height pixels, even, 120 to 1080
 * @param framesPerSecond 1 to 60
 */
public record Format(int width, int height, int framesPerSecond) {
  /** 640 x 480, 30 a second. */
  public static final Format VGA = new Format(640, 480, 30);

  public Format {
    if (width < 160 || width > 1920 || height < 120 || height > 1080 || (width | height) % 2 != 0) {
      throw new IllegalArgumentException(
          "A camera's size must be even, from 160 x 120 to 1920 x 1080, not "
              + (width + " x " + height + "."));
    }
    if (framesPerSecond < 1 || framesPerSecond > 60) {
      throw new IllegalArgumentException(
          "A camera takes 1 to 60 pictures a second, not " + framesPerSecond + ".");
    }
  }
}
