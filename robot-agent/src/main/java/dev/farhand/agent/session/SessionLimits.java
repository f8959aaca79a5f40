package dev.farhand.agent.session;

import dev.farhand.protocol.SignalMessage.Role;
import java.time.Duration;

/**
 * What sessions may use. The peer library keeps about 100 bytes for each message it receives until
 * the process ends, so the rate is bounded even for operators who mean well.
 *
 * @param sessions at once
 * @param messagesPerSecond of one session, over all its channels; as many may come in one burst
 * @param connectWithin from the operator's joining to the first packet
 * @param goneAfter how long a lost path may take to come back
 * @param videoKbit the most that one session's video takes in kbit/s, however much its path would
 */
public record SessionLimits(
    int sessions,
    int messagesPerSecond,
    Duration connectWithin,
    Duration goneAfter,
    int videoKbit) {
  /** Driving takes 20 messages a second: the rate is ten times that. */
  public static final SessionLimits DEFAULTS =
      new SessionLimits(8, 200, Duration.ofSeconds(30), Duration.ofSeconds(15), 2000);

  private static final int VIEWERS_SHARE = 5;

  /** A robot that serves so many keeps two places from viewers, one that serves fewer one. */
  private static final int KEEPS_TWO = 4;

  public SessionLimits {
    if (sessions < 1 || sessions > 64) {
      throw new IllegalArgumentException("A robot serves 1 to 64 sessions.");
    }
    if (messagesPerSecond < 50 || messagesPerSecond > 10_000) {
      throw new IllegalArgumentException("A session's messages a second must be 50 to 10000.");
    }
    if (videoKbit < 50 || videoKbit > 20_000) {
      throw new IllegalArgumentException("A session's video takes at most 50 to 20000 kbit/s.");
    }
  }

  /**
   * The messages a second that one session may go on sending. A viewer has no motion to say: six of
   * them at the full rate would have the agent start anew for what the peer library keeps within
   * ten minutes, at this one not within half an hour.
   */
  int sustained(Role role) {
    return role.mayDrive() ? messagesPerSecond : messagesPerSecond / VIEWERS_SHARE;
  }

  /** Viewers at once: they leave places to those who may drive, if there is more than one. */
  public int viewers() {
    return Math.max(1, sessions - (sessions < KEEPS_TWO ? 1 : 2));
  }
}
