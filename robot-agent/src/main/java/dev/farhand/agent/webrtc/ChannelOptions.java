package dev.farhand.agent.webrtc;

import dev.onvoid.webrtc.RTCDataChannelInit;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a data channel carries messages (W3C WebRTC, {@code RTCDataChannelInit}).
 *
 * @param ordered whether a message waits for those sent before it
 * @param maxPacketLifeTime how long a message is sent again, 65,535 ms at most; for ever if empty
 * @param maxRetransmits how often a message is sent again, 65,535 times at most; without end if
 *     empty. Not together with a lifetime.
 */
public record ChannelOptions(
    boolean ordered, Optional<Duration> maxPacketLifeTime, OptionalInt maxRetransmits) {
  /** All messages arrive, in order. */
  public static final ChannelOptions RELIABLE =
      new ChannelOptions(true, Optional.empty(), OptionalInt.empty());

  /** All messages arrive, each as soon as it can. */
  public static final ChannelOptions UNORDERED =
      new ChannelOptions(false, Optional.empty(), OptionalInt.empty());

  /**
   * @throws IllegalArgumentException if a number does not fit in 16 bits, or both are given
   */
  public ChannelOptions {
    maxPacketLifeTime.ifPresent(lifeTime -> check(lifeTime.toMillis(), "A lifetime in ms"));
    maxRetransmits.ifPresent(times -> check(times, "A number of retransmits"));
    if (maxPacketLifeTime.isPresent() && maxRetransmits.isPresent()) {
      throw new IllegalArgumentException(
          "Give a channel either a lifetime or a number of retransmits, not both.");
    }
  }

  /** Unordered, and a message older than this is given up: right for what is soon outdated. */
  public static ChannelOptions lossy(Duration maxPacketLifeTime) {
    return new ChannelOptions(false, Optional.of(maxPacketLifeTime), OptionalInt.empty());
  }

  /** Unordered, and a message is sent again so many times at most. */
  public static ChannelOptions lossy(int maxRetransmits) {
    return new ChannelOptions(false, Optional.empty(), OptionalInt.of(maxRetransmits));
  }

  RTCDataChannelInit nativeForm() {
    RTCDataChannelInit init = new RTCDataChannelInit();
    init.ordered = ordered;
    maxPacketLifeTime.ifPresent(lifeTime -> init.maxPacketLifeTime = (int) lifeTime.toMillis());
    maxRetransmits.ifPresent(times -> init.maxRetransmits = times);
    return init;
  }

  private static void check(long number, String name) {
    if (number < 0 || number > 65_535) {
      throw new IllegalArgumentException(name + " is 0 to 65535, not " + number + ".");
    }
  }
}
