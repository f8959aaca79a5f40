package dev.farhand.agent.driver.gpio;

/** Which pin an output is, and what makes its level. Immutable. */
sealed interface Source {
  /** Its key in the settings, for messages. */
  String path();

  /**
   * A GPIO that is on or off.
   *
   * @param activeLow on means low
   */
  record Level(String path, int gpio, boolean activeLow) implements Source {}

  /** A GPIO that this process switches on and off again and again. */
  record Software(String path, int gpio, int hertz) implements Source {}

  /**
   * A pin that a PWM unit of the board drives.
   *
   * @param gpio -1 if only its channel is known
   * @param channel of the unit
   */
  record Hardware(String path, int gpio, int channel, int hertz) implements Source {}

  /** A channel of the PCA9685. */
  record Channel(String path, int channel) implements Source {}
}
