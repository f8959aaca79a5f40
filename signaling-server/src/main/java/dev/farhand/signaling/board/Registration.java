package dev.farhand.signaling.board;

import dev.farhand.protocol.SignalMessage.Media;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A robot as its agent describes it.
 *
 * @param instance random for each process of the agent
 * @param lastEpoch the newest epoch that the agent knows, 0 if none
 * @param trickle whether it takes candidates one by one
 * @param byTurns whether it serves one session at a time, and needs signaling for its offer and
 *     answer only
 * @param sessions those that it says live on
 */
public record Registration(
    String robotId,
    String instance,
    long lastEpoch,
    List<Media> media,
    boolean trickle,
    boolean byTurns,
    Set<String> sessions) {
  /**
   * The instance of every RTCBot program, for they have none of their own: its newer socket cannot
   * be told from another program's.
   */
  public static final String RTCBOT = "rtcbot";

  private static final List<Media> ANY_MEDIA =
      List.of(new Media("camera", Media.Kind.VIDEO), new Media("microphone", Media.Kind.AUDIO));

  public Registration {
    media = List.copyOf(media);
    sessions = Set.copyOf(sessions);
  }

  /** An RTCBot program, which does not say what it can show. */
  public static Registration ofRtcBot(String robotId) {
    return new Registration(robotId, RTCBOT, 0, ANY_MEDIA, false, true, Set.of());
  }

  Registration withMedia(List<Media> newMedia) {
    return new Registration(robotId, instance, lastEpoch, newMedia, trickle, byTurns, sessions);
  }

  Registration without(String sessionId) {
    if (!sessions.contains(sessionId)) {
      return this;
    }
    Set<String> rest = new HashSet<>(sessions);
    rest.remove(sessionId);
    return new Registration(robotId, instance, lastEpoch, media, trickle, byTurns, rest);
  }
}
