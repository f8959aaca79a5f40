package dev.farhand.bench.stop;

/**
 * One fault, and what became of the rover.
 *
 * @param unattended milliseconds until the wheels were told to stand: from the last motion that the
 *     driver got, or, if it was the driver that failed, from then; infinite if they never were
 * @param crept whether they turned again before the fault was mended
 * @param back whether the rover was driven again afterwards, without anybody's doing
 */
record Stop(Fault fault, double unattended, boolean crept, boolean back) {
  /** The agent's timeout, and what a machine needs to act on it. */
  static final double MOST_MILLIS = 350;

  /** A new driver is another matter: it has no bound but that it comes. */
  boolean inTime() {
    return !crept
        && (fault.takesTheDriver() ? Double.isFinite(unattended) : unattended <= MOST_MILLIS);
  }
}
