package dev.farhand.agent.webrtc;

/**
 * What the other side may show or let hear. Ends with its peer. Confined to the peer's executor.
 */
public sealed interface RemoteTrack permits RemoteVideo, RemoteAudio {
  /** Its place in the descriptions (RFC 8843: the MID of its media section). */
  String mid();

  /** The sender's own identifier, or one made up if it told none. */
  String id();

  /** Takes nothing more from it. A second time does nothing. */
  void close();
}
