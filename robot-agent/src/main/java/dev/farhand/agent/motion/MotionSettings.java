package dev.farhand.agent.motion;

import dev.farhand.protocol.ChannelMessage.Drive;
import java.time.Duration;

/**
 * How careful the {@link Arbiter} is.
 *
 * @param commandTimeout in motion, silence of this length stops the robot
 * @param latenessLimit how much later than the quickest of its path a command may come
 * @param beatAge how old the beat may be that a command returns
 * @param latenessWindow how long the quickest of a path counts
 * @param leaseTimes when the right to drive goes from one to another
 * @param limits what commands are clamped to
 * @param keys what keys of RTCBot pages do
 */
public record MotionSettings(
    Duration commandTimeout,
    Duration latenessLimit,
    Duration beatAge,
    Duration latenessWindow,
    LeaseTimes leaseTimes,
    Limits limits,
    KeyMap keys) {
  /** What {@code docs/safety.md} promises. */
  public static final MotionSettings DEFAULTS =
      new MotionSettings(
          Duration.ofMillis(300),
          Duration.ofMillis(300),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          new LeaseTimes(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(30)),
          new Limits(1, 1),
          KeyMap.NONE);

  /**
   * When the right to drive goes from one to another.
   *
   * @param heldFor it is free so long after its holder's last message
   * @param grantAfter whoever asks for it gets it if the holder says nothing for so long
   * @param askAgainAfter whoever was refused may ask again after so long
   */
  public record LeaseTimes(Duration heldFor, Duration grantAfter, Duration askAgainAfter) {
    public LeaseTimes {
      if (grantAfter.toSeconds() < 3 || grantAfter.toSeconds() > 300) {
        throw new IllegalArgumentException("A request must be granted after 3 s to 5 min.");
      }
    }
  }

  /**
   * What commands are clamped to. The unit is the driver's full speed.
   *
   * @param linear 0 to 1
   * @param angular 0 to 1
   * @param linearAcceleration the most that is gained in a second, above 0; infinite for no limit
   * @param angularAcceleration the same for turning
   */
  public record Limits(
      double linear, double angular, double linearAcceleration, double angularAcceleration) {
    public Limits {
      if (!(linear >= 0 && linear <= 1 && angular >= 0 && angular <= 1)) {
        throw new IllegalArgumentException("The limits of motion must be between 0 and 1.");
      }
      if (!(linearAcceleration > 0 && angularAcceleration > 0)) {
        throw new IllegalArgumentException("The limits of acceleration must be above 0.");
      }
    }

    /**
     * By what a motion must be multiplied so that neither of its parts is clamped: then each wheel
     * keeps its share. At most 1; 1 too where what is left would be no motion.
     */
    public double share(double wantedLinear, double wantedAngular) {
      double share = 1;
      if (Math.abs(wantedLinear) > linear) {
        share = linear / Math.abs(wantedLinear);
      }
      if (Math.abs(wantedAngular) > angular) {
        share = Math.min(share, angular / Math.abs(wantedAngular));
      }
      double most = Math.max(Math.abs(wantedLinear), Math.abs(wantedAngular));
      return share * most > Drive.NEUTRAL ? share : 1;
    }

    /** The same, and both gain speed alike. */
    public Limits even() {
      double acceleration = Math.min(linearAcceleration, angularAcceleration);
      return new Limits(linear, angular, acceleration, acceleration);
    }

    /** Speeds only. */
    public Limits(double linear, double angular) {
      this(linear, angular, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
  }

  public MotionSettings {
    if (commandTimeout.toMillis() < 50 || commandTimeout.toMillis() > 5000) {
      throw new IllegalArgumentException("The command timeout must be 50 ms to 5 s.");
    }
  }

  /** The same, but with this command timeout. */
  public MotionSettings with(Duration timeout) {
    return new MotionSettings(
        timeout, latenessLimit, beatAge, latenessWindow, leaseTimes, limits, keys);
  }

  /** The same, but with these limits. */
  public MotionSettings with(Limits others) {
    return new MotionSettings(
        commandTimeout, latenessLimit, beatAge, latenessWindow, leaseTimes, others, keys);
  }

  /** The same, but with these times of the lease. */
  public MotionSettings with(LeaseTimes times) {
    return new MotionSettings(
        commandTimeout, latenessLimit, beatAge, latenessWindow, times, limits, keys);
  }

  /** The same, but with these keys. */
  public MotionSettings with(KeyMap others) {
    return new MotionSettings(
        commandTimeout, latenessLimit, beatAge, latenessWindow, leaseTimes, limits, others);
  }
}
