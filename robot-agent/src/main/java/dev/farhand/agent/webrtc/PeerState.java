package dev.farhand.agent.webrtc;

import dev.onvoid.webrtc.RTCPeerConnectionState;

/** How a peer's connection stands (W3C WebRTC, {@code RTCPeerConnectionState}). */
public enum PeerState {
  /** Nothing negotiated, or no path found yet. */
  CONNECTING,
  /** Packets flow both ways. */
  CONNECTED,
  /** The path has been silent for some seconds; it may heal by itself. */
  DISCONNECTED,
  /** No path is left; only an ICE restart may find a new one. */
  FAILED,
  CLOSED;

  static PeerState of(RTCPeerConnectionState state) {
    return switch (state) {
      case NEW, CONNECTING -> CONNECTING;
      case CONNECTED -> CONNECTED;
      case DISCONNECTED -> DISCONNECTED;
      case FAILED -> FAILED;
      case CLOSED -> CLOSED;
    };
  }
}
