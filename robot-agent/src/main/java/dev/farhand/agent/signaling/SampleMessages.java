package dev.farhand.agent.signaling;

import dev.farhand.protocol.JsonCodec;
import dev.farhand.protocol.SignalMessage;
import dev.farhand.protocol.SignalMessage.Candidate;
import dev.farhand.protocol.SignalMessage.Describe;
import dev.farhand.protocol.SignalMessage.Description;
import dev.farhand.protocol.SignalMessage.IceCandidate;
import dev.farhand.protocol.SignalMessage.IceServer;
import dev.farhand.protocol.SignalMessage.Opened;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;
import java.util.List;

/**
 * The messages of a join. Jackson takes tens of milliseconds to learn each kind, which would
 * otherwise be part of the first operator's wait.
 */
final class SampleMessages {
  private static final String SESSION = "sample";

  private SampleMessages() {}

  static void readAndWrite(JsonCodec<SignalMessage> codec) {
    List<SignalMessage> messages =
        List.of(
            new Opened(
                SESSION,
                new Operator("sample", "sample"),
                Role.VIEWER,
                List.of(new IceServer(List.of("stun:localhost"), null, null)),
                true,
                "sample"),
            new Describe(SESSION, 1, new Description(Description.Type.OFFER, "v=0")),
            new Candidate(SESSION, 1, new IceCandidate("candidate:1", "0", 0, null)));
    for (SignalMessage message : messages) {
      if (!codec.decode(codec.encode(message)).equals(message)) {
        throw new IllegalStateException("A message does not survive its own JSON");
      }
    }
  }
}
