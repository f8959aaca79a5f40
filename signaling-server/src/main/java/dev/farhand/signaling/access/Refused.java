package dev.farhand.signaling.access;

import dev.farhand.protocol.Code;

/** What the caller asked for is not granted. The caller's fault; answer with {@link #code()}. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Code code;

  /** Refuses with the code's own sentence. */
  public Refused(Code code) {
    // An expected outcome: the stack would tell nobody anything.
    super(code.sentence(), null, false, false);
    this.code = code;
  }

  public Code code() {
    return code;
  }
}
