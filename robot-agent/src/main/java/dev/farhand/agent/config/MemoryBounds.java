package dev.farhand.agent.config;

import java.time.Duration;

/**
 * When the agent has itself started anew, because libwebrtc keeps memory until its process ends.
 *
 * <p>The defaults: the agent with one 640 x 480 session takes about 110 MB. Eight hours at the 25
 * messages a second that driving takes leave 72 MB, 400 sessions 28 MB. So the soft bound is
 * reached about every four hours of driving and then waits for a moment when nobody is connected;
 * the hard bound, after eight hours without such a moment, still leaves half of the recommended
 * heap of 128 MB.
 *
 * @param softKept bytes kept by libwebrtc for messages and peers: restart when idle
 * @param hardKept the same: restart now, however young the process is
 * @param softResident bytes of memory of the whole process, as the kernel counts: restart when idle
 * @param hardResident the same: restart now
 * @param earliest for the other three: not before the process is so old, so that a bound set too
 *     low makes no loop
 */
public record MemoryBounds(
    long softKept, long hardKept, long softResident, long hardResident, Duration earliest) {
  private static final long MB = 1L << 20;

  public static final MemoryBounds DEFAULTS =
      new MemoryBounds(32 * MB, 64 * MB, 256 * MB, 384 * MB, Duration.ofMinutes(10));

  public MemoryBounds {
    if (softKept < 1 || softKept > hardKept || softResident < 1 || softResident > hardResident) {
      throw new IllegalArgumentException(
          "The soft memory bounds must be positive and not above the hard ones.");
    }
  }
}
