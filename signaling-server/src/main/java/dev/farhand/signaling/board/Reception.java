package dev.farhand.signaling.board;

import dev.farhand.protocol.Code;

/** How an operator is received. */
public sealed interface Reception {
  /** The robot is here and both ends of the session are attached. */
  record Welcome(Registration robot) implements Reception {}

  /** Not yet: a {@link Notice} comes. */
  record Wait() implements Reception {}

  /**
   * No.
   *
   * @param reason a sentence for a person
   */
  record Sorry(Code code, String reason) implements Reception {
    public Sorry(Code code) {
      this(code, code.sentence());
    }
  }
}
