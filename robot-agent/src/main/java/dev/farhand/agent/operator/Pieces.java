package dev.farhand.agent.operator;

import dev.farhand.protocol.ChannelMessage.Piece;

/** A large message on its way out in pieces. Confined to the operator's loop. */
final class Pieces {
  private final String text;
  private final long after;
  private int end;

  /**
   * Nothing is sent yet.
   *
   * @param after how many messages went before it, whole
   */
  Pieces(String text, long after) {
    this.text = text;
    this.after = after;
  }

  /** The next one, of about so many letters. */
  Piece next(int letters) {
    int begin = end;
    end = Math.min(text.length(), begin + letters);
    if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end++; // Half a letter cannot be written in UTF-8.
    }
    return new Piece(after, isSent(), text.substring(begin, end));
  }

  /** Whether the last one was made. */
  boolean isSent() {
    return end == text.length();
  }
}
