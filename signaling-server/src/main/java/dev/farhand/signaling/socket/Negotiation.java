package dev.farhand.signaling.socket;

import dev.farhand.signaling.board.Notice;

/** Which offer of a session is the newest that went through here. Confined to one event loop. */
final class Negotiation {
  private int newest = -1;

  /** Whether any offer went through. */
  boolean hasBegun() {
    return newest >= 0;
  }

  /** The other end's words pass by. */
  void note(Notice.Relayed message) {
    if (message.offer()) {
      newest = Math.max(newest, message.negotiation());
    }
  }

  /** Whether words of this end are about the newest offer, or are that offer. */
  boolean isCurrent(Envelope envelope) {
    if (envelope.kind() == Envelope.Kind.OFFER && envelope.negotiation() > newest) {
      newest = envelope.negotiation();
    }
    return envelope.negotiation() >= newest;
  }
}
