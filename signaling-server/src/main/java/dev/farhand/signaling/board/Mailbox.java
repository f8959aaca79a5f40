package dev.farhand.signaling.board;

/** Where a connection gets what others have for it. */
@FunctionalInterface
public interface Mailbox {
  /**
   * Hands a notice over; the connection reads it on its own loop, in order for each sender. Any
   * thread; never blocks, never throws.
   */
  void deliver(Notice notice);
}
