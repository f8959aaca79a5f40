package dev.farhand.agent.webrtc;

import dev.farhand.protocol.SignalMessage.IceServer;
import java.time.Duration;
import java.util.List;

/**
 * How an {@link RtcConnection} is made.
 *
 * @param iceServers STUN and TURN servers; none is enough within one network
 * @param defaultChannel how the channel {@code default} carries messages, if this side offers
 * @param connectWithin how long finding a path may take, from the answer on
 * @param answerWithin how long an offer of ours may go without an answer
 */
public record RtcOptions(
    List<IceServer> iceServers,
    ChannelOptions defaultChannel,
    Duration connectWithin,
    Duration answerWithin) {
  /** No STUN and TURN, an ordered reliable channel, 30 s for a path, 10 min for an answer. */
  public static final RtcOptions DEFAULT =
      new RtcOptions(
          List.of(), ChannelOptions.RELIABLE, Duration.ofSeconds(30), Duration.ofMinutes(10));

  public RtcOptions {
    iceServers = List.copyOf(iceServers);
  }

  /** The same with these STUN and TURN servers. */
  public RtcOptions withIceServers(List<IceServer> servers) {
    return new RtcOptions(servers, defaultChannel, connectWithin, answerWithin);
  }

  /** The same with a {@code default} channel like this, such as an unordered one. */
  public RtcOptions withDefaultChannel(ChannelOptions options) {
    return new RtcOptions(iceServers, options, connectWithin, answerWithin);
  }

  /** The same with this much time for a path. */
  public RtcOptions withConnectWithin(Duration time) {
    return new RtcOptions(iceServers, defaultChannel, time, answerWithin);
  }

  /** The same with this much time for the other side's answer. */
  public RtcOptions withAnswerWithin(Duration time) {
    return new RtcOptions(iceServers, defaultChannel, connectWithin, time);
  }
}
