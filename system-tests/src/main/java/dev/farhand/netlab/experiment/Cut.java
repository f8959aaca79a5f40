package dev.farhand.netlab.experiment;

import dev.farhand.netlab.net.Uplink;
import dev.farhand.netlab.program.Ride;
import dev.farhand.netlab.robot.Deed;
import java.time.Duration;
import java.util.Optional;

/**
 * A link that was cut while the rover moved.
 *
 * @param unattended ms from the last fresh command until the wheels were told to stand; infinite if
 *     they never were
 * @param crept whether they turned again before the link was mended
 * @param back whether the rover was driven again afterwards
 */
public record Cut(double unattended, boolean crept, boolean back) {
  /** The agent's timeout and what a machine needs to act on it. */
  public static final double MOST_MILLIS = 300 + 50;

  private static final Duration STOPPING = Duration.ofSeconds(3);
  private static final Duration BACK = Duration.ofSeconds(30);

  public boolean inTime() {
    return unattended <= MOST_MILLIS && !crept;
  }

  /**
   * Cuts the link of a rover in motion, mends it, and waits until the rover moves again.
   *
   * @param apart how long the cut lasts after the stop
   * @return empty if the rover stood already
   */
  static Optional<Cut> make(Ride ride, Uplink uplink, Duration apart) {
    long cut = System.nanoTime();
    uplink.cut();
    Optional<Deed> stop = ride.next(Deed.What.STOP, cut, STOPPING);
    if (stop.isEmpty()) {
      boolean stood = !ride.moves();
      uplink.mend();
      return stood ? Optional.empty() : Optional.of(new Cut(Double.POSITIVE_INFINITY, true, false));
    }
    long at = stop.orElseThrow().at();
    boolean crept = ride.next(Deed.What.GO, at, apart).isPresent();
    uplink.mend();
    boolean back = ride.next(Deed.What.GO, at, BACK).isPresent();
    return Optional.of(new Cut((at - stop.orElseThrow().last()) / 1e6, crept, back));
  }
}
