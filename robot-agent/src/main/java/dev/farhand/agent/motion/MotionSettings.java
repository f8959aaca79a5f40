package dev.farhand.agent.motion;

import java.time.Duration;

/**
 * How careful the {@link Arbiter} is.
 *
 * @param commandTimeout in motion, silence of this length stops the robot
 * @param latenessLimit how much later than the quickest of its path a command may come
 * @param beatAge how old the beat may be that a command returns
 * @param latenessWindow how long the quickest of a path counts
 * @param leaseTimeout the lease is free so long after its holder's last message
 * @param maxLinear commands beyond are clamped, 0 to 1
 * @param maxAngular commands beyond are clamped, 0 to 1
 * @param keys what keys of RTCBot pages do
 */
public record MotionSettings(
    Duration commandTimeout,
    Duration latenessLimit,
    Duration beatAge,
    Duration latenessWindow,
    Duration leaseTimeout,
    double maxLinear,
    double maxAngular,
    KeyMap keys) {
  /** What {@code docs/safety.md} promises. */
  public static final MotionSettings DEFAULTS =
      new MotionSettings(
          Duration.ofMillis(300),
          Duration.ofMillis(300),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          Duration.ofSeconds(2),
          1,
          1,
          KeyMap.NONE);

  public MotionSettings {
    if (commandTimeout.toMillis() < 50 || commandTimeout.toMillis() > 5000) {
      throw new IllegalArgumentException("The command timeout must be 50 ms to 5 s.");
    }
    if (!(maxLinear >= 0 && maxLinear <= 1 && maxAngular >= 0 && maxAngular <= 1)) {
      throw new IllegalArgumentException("The limits of motion must be between 0 and 1.");
    }
  }

  /** The same, but with this command timeout and these limits. */
  public MotionSettings with(Duration commandTimeout, double maxLinear, double maxAngular) {
    return new MotionSettings(
        commandTimeout,
        latenessLimit,
        beatAge,
        latenessWindow,
        leaseTimeout,
        maxLinear,
        maxAngular,
        keys);
  }

  /** The same, but with these keys. */
  public MotionSettings with(KeyMap keyMap) {
    return new MotionSettings(
        commandTimeout,
        latenessLimit,
        beatAge,
        latenessWindow,
        leaseTimeout,
        maxLinear,
        maxAngular,
        keyMap);
  }
}
