package dev.farhand.agent.webrtc;

import dev.farhand.protocol.SignalMessage.Description;
import dev.farhand.protocol.SignalMessage.IceCandidate;
import dev.farhand.protocol.SignalMessage.IceServer;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCIceServer;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import java.util.List;
import java.util.Optional;

/** The protocol's records as the library's classes, and back. */
final class NativeForm {
  private NativeForm() {}

  static RTCConfiguration configuration(List<IceServer> iceServers) {
    RTCConfiguration configuration = new RTCConfiguration();
    for (IceServer server : iceServers) {
      RTCIceServer nativeServer = new RTCIceServer();
      nativeServer.urls.addAll(server.urls());
      nativeServer.username = server.username() == null ? "" : server.username();
      nativeServer.password = server.credential() == null ? "" : server.credential();
      configuration.iceServers.add(nativeServer);
    }
    return configuration;
  }

  static RTCSessionDescription of(Description description) {
    RTCSdpType type =
        description.type() == Description.Type.OFFER ? RTCSdpType.OFFER : RTCSdpType.ANSWER;
    return new RTCSessionDescription(type, description.sdp());
  }

  static Description description(RTCSessionDescription description) {
    return new Description(
        description.sdpType == RTCSdpType.OFFER ? Description.Type.OFFER : Description.Type.ANSWER,
        description.sdp);
  }

  /** Empty if it names no place in the description, or ends the candidates. */
  static Optional<RTCIceCandidate> of(IceCandidate candidate) {
    String mid = candidate.sdpMid();
    Integer index = candidate.sdpMLineIndex();
    if (candidate.candidate().isEmpty() || (mid == null && index == null)) {
      return Optional.empty();
    }
    return Optional.of(
        new RTCIceCandidate(
            mid == null ? "" : mid, index == null ? 0 : index, candidate.candidate()));
  }

  static IceCandidate candidate(RTCIceCandidate candidate) {
    return new IceCandidate(candidate.sdp, candidate.sdpMid, candidate.sdpMLineIndex, null);
  }
}
