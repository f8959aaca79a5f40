package dev.farhand.agent.driver;

import dev.farhand.protocol.Code;
import dev.farhand.protocol.InvalidMessage;

/** What holds for every line between agent and driver. */
final class Line {
  /** The longest that a driver may write, in bytes. */
  static final int MOST_BYTES = 64 * 1024;

  /**
   * The longest that the agent may write: a user's message of 64 KiB, each byte escaped as six, and
   * room for settings.
   */
  static final int MOST_BYTES_TO_DRIVER = 512 * 1024;

  private Line() {}

  /** What the records' constructors ask of their fields. */
  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new InvalidMessage(Code.BAD_MESSAGE, otherwise + ".");
    }
  }
}
