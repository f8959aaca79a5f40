package dev.farhand.agent.webrtc;

/**
 * How a camera's pictures are sent to one operator.
 *
 * @param maxBitsPerSecond libwebrtc takes less when it thinks that the path takes less
 * @param scaleDownBy both sides of the picture are divided by it; 1 leaves it as it is
 * @param everyNth of the pictures that the camera takes: 1 is all of them, 0 none
 */
public record Encoding(int maxBitsPerSecond, double scaleDownBy, int everyNth) {
  /**
   * @throws IllegalArgumentException if libwebrtc would not take it
   */
  public Encoding {
    if (maxBitsPerSecond < 1 || scaleDownBy < 1 || everyNth < 0) {
      throw new IllegalArgumentException(
          "Not an encoding: " + maxBitsPerSecond + ", " + scaleDownBy + ", " + everyNth);
    }
  }
}
