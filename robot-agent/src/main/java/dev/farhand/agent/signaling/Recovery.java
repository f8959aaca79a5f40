package dev.farhand.agent.signaling;

/**
 * Who sees to it that a lost path is replaced. Any thread.
 *
 * <p>Always we do, by the robot's beat and by the machine's addresses; with the system property
 * {@code farhand.recovery=libwebrtc} it is left to libwebrtc alone, so that the network lab can
 * measure what ours is worth.
 */
public final class Recovery {
  private Recovery() {}

  /** Whether it is ours. */
  public static boolean isOurs() {
    return !"libwebrtc".equals(System.getProperty("farhand.recovery"));
  }
}
