package dev.farhand.agent.machine;

/**
 * Something that was looked at on this machine: one line of {@code doctor}. Immutable.
 *
 * @param ok whether it is as it should be
 * @param what what was looked at, and how it is
 * @param mend what to do about it, a command where there is one; empty if it is ok
 */
public record Finding(boolean ok, String what, String mend) {
  /** All is well. */
  public static Finding ok(String what) {
    return new Finding(true, what, "");
  }

  /** Not as it should be. */
  public static Finding problem(String what, String mend) {
    return new Finding(false, what, mend);
  }

  @Override
  public String toString() {
    return ok
        ? "ok       " + what
        : "problem  " + what + System.lineSeparator() + "         -> " + mend;
  }
}
