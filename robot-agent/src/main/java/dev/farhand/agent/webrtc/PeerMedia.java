package dev.farhand.agent.webrtc;

import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import dev.onvoid.webrtc.RTCRtpTransceiverInit;
import dev.onvoid.webrtc.media.MediaStreamTrack;
import dev.onvoid.webrtc.media.audio.AudioTrack;
import dev.onvoid.webrtc.media.video.VideoTrack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tracks that a peer receives, and those of its own that it sends. Confined to the peer's
 * executor.
 */
final class PeerMedia {
  private final Peer peer;
  private final AudioModule audio;
  private final Map<String, RemoteTrack> tracks = new LinkedHashMap<>();
  private final Map<String, MediaStreamTrack> natives = new LinkedHashMap<>();
  private final List<MediaSender<?>> senders = new ArrayList<>();

  PeerMedia(Peer peer, AudioModule audio) {
    this.peer = peer;
    this.audio = audio;
  }

  /**
   * Asks in the next offer for one more track.
   *
   * @param unsent one of ours of the same kind: the library makes transceivers only for tracks
   */
  static void receive(RTCPeerConnection connection, MediaStreamTrack unsent) {
    RTCRtpTransceiverInit init = new RTCRtpTransceiverInit();
    init.direction = RTCRtpTransceiverDirection.RECV_ONLY;
    connection.addTransceiver(unsent, init);
  }

  void sending(MediaSender<?> sender) {
    senders.add(sender);
  }

  /** Empty if it is known already, as after a renegotiation. */
  Optional<RemoteTrack> add(RTCRtpTransceiver transceiver) {
    String mid = transceiver.getMid();
    if (tracks.containsKey(mid)) {
      return Optional.empty();
    }
    MediaStreamTrack track = transceiver.getReceiver().getTrack();
    natives.put(mid, track);
    RemoteTrack added =
        track instanceof AudioTrack sound
            ? new RemoteAudio(peer, sound, audio, mid)
            : new RemoteVideo(peer, (VideoTrack) track, mid);
    tracks.put(mid, added);
    return Optional.of(added);
  }

  /** Before the connection closes: nothing may come from it any more. */
  void close() {
    tracks.values().forEach(RemoteTrack::close);
    tracks.clear();
  }

  /** After the connection has closed. */
  void dispose() {
    natives.values().forEach(Disposal::of);
    natives.clear();
    senders.forEach(MediaSender::dispose);
    senders.clear();
  }
}
