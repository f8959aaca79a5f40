package dev.farhand.netlab.program;

/**
 * How an operator's way to a robot came out.
 *
 * @param relayed whether packets go through a TURN server, of either side
 * @param types candidate types of the pair that carries them, as ICE calls them, ours first
 * @param millis from the wish to join to open channels
 */
public record Joined(boolean connected, boolean relayed, String types, double millis) {
  /** No path was found in time. */
  public static final Joined FAILED = new Joined(false, false, "", 0);

  public boolean direct() {
    return connected && !relayed;
  }
}
