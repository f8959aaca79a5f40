package dev.farhand.netlab.experiment;

import java.util.List;

/**
 * Links that were cut mid-motion.
 *
 * @param wanted how many were to be cut; those after which a rover did not come back to be driven
 *     are missing
 */
public record CutsResult(int wanted, List<Cut> cuts) {
  public long inTime() {
    return cuts.stream().filter(Cut::inTime).count();
  }

  public long back() {
    return cuts.stream().filter(Cut::back).count();
  }

  /** From the last fresh command until the wheels were told to stand. */
  public Samples unattended() {
    return new Samples(cuts.stream().map(Cut::unattended).toList());
  }

  public boolean good() {
    return inTime() == wanted;
  }
}
