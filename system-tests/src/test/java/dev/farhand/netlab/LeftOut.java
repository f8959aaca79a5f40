package dev.farhand.netlab;

import org.junit.jupiter.api.Assumptions;

/** A test that this machine cannot have. */
public final class LeftOut {
  private LeftOut() {}

  /**
   * Ends the test, so that it counts as left out and not as passed, and says so where nobody can
   * miss it.
   */
  public static void because(String test, String reason) {
    String loud = "LEFT OUT: " + test + ": " + reason;
    String line = "!".repeat(80);
    System.out.println("\n" + line + "\n" + loud + "\n" + line + "\n");
    Assumptions.abort(loud);
  }
}
