package dev.farhand.agent.webrtc;

import dev.onvoid.webrtc.RTCStats;
import dev.onvoid.webrtc.RTCStatsReport;
import dev.onvoid.webrtc.RTCStatsType;
import java.util.OptionalLong;

/**
 * What libwebrtc's congestion control says of the way out (W3C WebRTC Statistics, {@code
 * RTCIceCandidatePairStats.availableOutgoingBitrate}).
 *
 * @param bitsPerSecond what may be sent altogether; empty before anything has been
 */
public record Uplink(OptionalLong bitsPerSecond) {
  static Uplink of(RTCStatsReport report) {
    // Of the pairs only the one in use has it.
    return new Uplink(
        report.getStats().values().stream()
            .filter(stats -> stats.getType() == RTCStatsType.CANDIDATE_PAIR)
            .map(Uplink::available)
            .flatMapToLong(OptionalLong::stream)
            .findFirst());
  }

  private static OptionalLong available(RTCStats pair) {
    return pair.getAttributes().get("availableOutgoingBitrate") instanceof Number bits
        ? OptionalLong.of(bits.longValue())
        : OptionalLong.empty();
  }
}
