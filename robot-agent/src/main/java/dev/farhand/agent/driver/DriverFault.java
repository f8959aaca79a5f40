package dev.farhand.agent.driver;

/**
 * Why a driver process is down. The code's text is stable; the reason is for a person.
 *
 * @param reason one sentence or two: what happened, what to do
 */
public record DriverFault(Code code, String reason) {
  /** What a driver process can do wrong. */
  public enum Code {
    MISSING("driver-missing"),
    EXITED("driver-exited"),
    NOT_READY("driver-not-ready"),
    NOT_ACKNOWLEDGED("driver-not-acknowledged"),
    NOT_READING("driver-not-reading"),
    BAD_LINE("driver-bad-line"),
    LINE_TOO_LONG("driver-line-too-long"),
    FLOOD("driver-flood");

    private final String wire;

    Code(String wire) {
      this.wire = wire;
    }

    /** The stable form, for logs and programs. */
    public String wire() {
      return wire;
    }
  }
}
