package dev.farhand.agent.session;

import dev.farhand.agent.camera.Format;
import java.util.List;

/**
 * How large and how often a picture is worth sending at which bitrate: below so many bits for each
 * pixel, fewer pixels look better than coarser ones, and a key picture of fewer is sooner through.
 * Immutable.
 */
final class Rungs {
  private static final double BITS_PER_PIXEL = 0.027;

  private static final List<Rung> ALL =
      List.of(new Rung(1, 1), new Rung(4 / 3.0, 1), new Rung(2, 1), new Rung(2, 2), new Rung(4, 2));

  private static final double ENOUGH_BITS_PER_PIXEL = 0.11;

  private final double pixelsPerSecond;

  /**
   * @param scaleDownBy both sides of the camera's picture are divided by it
   * @param everyNth of the camera's pictures
   */
  record Rung(double scaleDownBy, int everyNth) {
    private double share() {
      return 1 / (scaleDownBy * scaleDownBy * everyNth);
    }
  }

  Rungs(Format format) {
    pixelsPerSecond = (double) format.width() * format.height() * format.framesPerSecond();
  }

  /** Bits a second beyond which the whole picture is not to grow. */
  double enough() {
    return pixelsPerSecond * ENOUGH_BITS_PER_PIXEL;
  }

  /** The best that so many bits a second are enough for; the least if none are. */
  Rung at(double bitsPerSecond) {
    return ALL.stream()
        .filter(rung -> needs(rung) <= bitsPerSecond)
        .findFirst()
        .orElse(ALL.get(ALL.size() - 1));
  }

  /** Bits a second below which a lesser rung looks better. */
  double needs(Rung rung) {
    return pixelsPerSecond * rung.share() * BITS_PER_PIXEL;
  }
}
