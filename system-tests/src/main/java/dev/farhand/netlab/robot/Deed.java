package dev.farhand.netlab.robot;

/**
 * A line of a rover's journal. Times are those of {@link System#nanoTime}, which all processes of
 * one machine share.
 *
 * @param at when
 * @param last when the newest motion before it came
 * @param command ms since the newest motion was sent, if it carried its time
 * @param message ms since the newest message was sent
 */
public record Deed(What what, long at, long last, double command, double message) {
  /** What the rover did. */
  public enum What {
    /** The wheels turn, after they stood. */
    GO,
    /** The wheels are told to stand because the operator asked. */
    HALT,
    /** The wheels are told to stand because nobody asked any more. */
    STOP,
    /** The driver's first act, whatever its predecessor has left: the wheels are told to stand. */
    SAFE,
    /** After one of those, the rover has come to rest. */
    REST,
    /** A look at how old everything is. */
    AGE
  }

  static Deed of(What what, long at, long last) {
    return new Deed(what, at, last, 0, 0);
  }
}
