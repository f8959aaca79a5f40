package dev.farhand.agent.session;

import dev.farhand.protocol.ChannelMessage;
import dev.farhand.protocol.ChannelMessage.Piece;
import java.util.Optional;

/**
 * One operator's message that comes in pieces, and waits for those that went before it over the
 * channel {@code default}, which may be overtaken. Confined to the agent's loop.
 */
final class Assembly {
  private final StringBuilder text = new StringBuilder();
  private long whole;
  private long after;
  private boolean complete;

  /** A message has come over {@code default}. */
  void cameWhole() {
    whole++;
  }

  /** Adds a piece. Of what is too large for a message no more is kept than shows it. */
  void add(Piece piece) {
    int room = ChannelMessage.DEFAULT_MAX_BYTES + 1 - text.length();
    text.append(piece.text(), 0, Math.min(room, piece.text().length()));
    after = piece.after();
    complete = piece.last();
  }

  /** Whether the last piece has come, and the message was not handed on yet. */
  boolean waits() {
    return complete;
  }

  /** The message, once, when its turn has come. */
  Optional<String> whole() {
    if (!complete || whole < after) {
      return Optional.empty();
    }
    String message = text.toString();
    text.setLength(0);
    text.trimToSize();
    complete = false;
    return Optional.of(message);
  }
}
