package dev.farhand.agent.webrtc;

import dev.onvoid.webrtc.RTCStats;
import dev.onvoid.webrtc.RTCStatsReport;
import dev.onvoid.webrtc.RTCStatsType;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The way that packets take between two peers at the moment: the selected pair of candidates (RFC
 * 8445; W3C WebRTC Statistics, {@code RTCIceCandidateStats}).
 *
 * @param relayed whether a TURN server of either side's stands in between
 * @param protocol {@code udp}, {@code tcp} or {@code tls}: to our own TURN server if that relays
 * @param localType of our candidate: {@code host}, {@code srflx}, {@code prflx} or {@code relay}
 * @param remoteType of the other side's, likewise
 */
public record PeerPath(boolean relayed, String protocol, String localType, String remoteType) {
  private static final String RELAY = "relay";

  /** The path as a person would say it, such as {@code direct, over UDP (host to srflx)}. */
  public String sentence() {
    return (relayed ? "through a TURN server" : "direct")
        + ", over "
        + protocol.toUpperCase(Locale.ROOT)
        + " ("
        + localType
        + " to "
        + remoteType
        + ")";
  }

  /** Empty while there is none. */
  static Optional<PeerPath> of(RTCStatsReport report) {
    Map<String, RTCStats> all = report.getStats();
    return all.values().stream()
        .filter(stats -> stats.getType() == RTCStatsType.TRANSPORT)
        .map(stats -> all.get(text(stats, "selectedCandidatePairId")))
        .filter(pair -> pair != null)
        .findFirst()
        .flatMap(pair -> of(all, pair));
  }

  private static Optional<PeerPath> of(Map<String, RTCStats> all, RTCStats pair) {
    RTCStats local = all.get(text(pair, "localCandidateId"));
    RTCStats remote = all.get(text(pair, "remoteCandidateId"));
    if (local == null || remote == null) {
      return Optional.empty();
    }
    String localType = text(local, "candidateType");
    String remoteType = text(remote, "candidateType");
    String relayProtocol = text(local, "relayProtocol");
    return Optional.of(
        new PeerPath(
            localType.equals(RELAY) || remoteType.equals(RELAY),
            localType.equals(RELAY) && !relayProtocol.isEmpty()
                ? relayProtocol
                : text(local, "protocol"),
            localType,
            remoteType));
  }

  private static String text(RTCStats stats, String attribute) {
    Object value = stats.getAttributes().get(attribute);
    return value == null ? "" : value.toString();
  }
}
