package dev.farhand.netlab.robot;

/**
 * A motion that carries the time at which it was sent: forward, between 0.1 and 0.9 of full speed,
 * the rest is microseconds.
 */
public final class Clocked {
  private static final double LEAST = 0.1;
  private static final double SPAN = 0.8;

  /** A little over half an hour; what is older looks younger. */
  private static final long CYCLE_MICROS = 1L << 31;

  private Clocked() {}

  /** The motion to send now. */
  public static double linear(long nanoTime) {
    return LEAST + SPAN * micros(nanoTime) / CYCLE_MICROS;
  }

  /** How long ago it was sent, in milliseconds. */
  public static double age(double linear, long nanoTime) {
    long sent = Math.round((linear - LEAST) / SPAN * CYCLE_MICROS);
    return Math.floorMod(micros(nanoTime) - sent, CYCLE_MICROS) / 1000.0;
  }

  private static long micros(long nanoTime) {
    return Math.floorMod(nanoTime / 1000, CYCLE_MICROS);
  }
}
