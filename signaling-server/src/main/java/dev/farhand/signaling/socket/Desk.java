package dev.farhand.signaling.socket;

import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage;
import dev.farhand.signaling.board.Notice;

/**
 * One side's part of a connection, once it is known which side it is. Confined to the connection's
 * event loop.
 */
interface Desk {
  /** A message that the server itself acts on. */
  void receive(SignalMessage message);

  /** A message for the other end of a session. */
  void relay(Envelope envelope, String text);

  /** What another connection has for this one. */
  void hear(Notice notice);

  /** What let this side in holds no more: its sessions end, at both ends, with this code. */
  void expel(Code code);

  /**
   * To be called every now and then: ends those sessions whose other end was let in by what holds
   * no more, and hands out what would soon run out.
   */
  void recheck();

  /** The socket is gone; sessions live on. */
  void leave();
}
