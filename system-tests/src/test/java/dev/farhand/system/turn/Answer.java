package dev.farhand.system.turn;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of what a client was asked to do.
 *
 * @param status 200, or the number of STUN's error
 * @param address that at which the client can be reached through the server; that from which the
 *     text came
 * @param text of a peer
 * @param attributes of the server's last message, by their numbers
 */
public record Answer(
    int status, @Nullable Endpoint address, @Nullable String text, List<Integer> attributes) {
  /** What the software calls itself, with its version. */
  public static final int SOFTWARE = 0x8022;

  static Answer of(StunMessage message) {
    return new Answer(
        message.status(),
        message
            .address(StunMessage.XOR_RELAYED_ADDRESS)
            .or(() -> message.address(StunMessage.XOR_PEER_ADDRESS))
            .orElse(null),
        message.first(StunMessage.DATA).map(StunMessage.Attribute::text).orElse(null),
        message.attributes().stream().map(StunMessage.Attribute::type).toList());
  }
}
