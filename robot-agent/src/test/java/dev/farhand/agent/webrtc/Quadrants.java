package dev.farhand.agent.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** A picture whose four corners differ in colour, and what is left of it after a video codec. */
final class Quadrants {
  private static final List<Color> COLOURS =
      List.of(Color.RED, Color.GREEN, Color.BLUE, Color.YELLOW);

  /** How far a colour may be off after compression, of 255. */
  private static final int TOLERANCE = 40;

  private Quadrants() {}

  /** Red and green above, blue and yellow below. */
  static Image image(int width, int height) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    for (int i = 0; i < 4; i++) {
      graphics.setColor(COLOURS.get(i));
      graphics.fillRect(i % 2 * width / 2, i / 2 * height / 2, width / 2, height / 2);
    }
    graphics.dispose();
    return Image.of(picture, 0);
  }

  /** Waits for a picture that shows them; fails after some seconds. */
  static void await(BlockingQueue<Image> images) throws InterruptedException {
    for (int i = 0; i < 300; i++) {
      Image image = images.poll(10, TimeUnit.SECONDS);
      assertThat(image).isNotNull();
      if (shownBy(image)) {
        return;
      }
    }
    throw new AssertionError("No picture with the four colours came");
  }

  static boolean shownBy(Image image) {
    BufferedImage picture = image.toBufferedImage();
    int quarterWidth = picture.getWidth() / 4;
    int quarterHeight = picture.getHeight() / 4;
    for (int i = 0; i < 4; i++) {
      int x = quarterWidth * (1 + i % 2 * 2);
      int y = quarterHeight * (1 + i / 2 * 2);
      if (!alike(new Color(picture.getRGB(x, y)), COLOURS.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean alike(Color seen, Color wanted) {
    return Math.abs(seen.getRed() - wanted.getRed()) <= TOLERANCE
        && Math.abs(seen.getGreen() - wanted.getGreen()) <= TOLERANCE
        && Math.abs(seen.getBlue() - wanted.getBlue()) <= TOLERANCE;
  }
}
