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
 * @param sessions those that it says live on
 */
public record Registration(
    String robotId,
    String instance,
    long lastEpoch,
    List<Media> media,
    boolean trickle,
    Set<String> sessions) {
  public Registration {
    media = List.copyOf(media);
    sessions = Set.copyOf(sessions);
  }

  Registration withMedia(List<Media> newMedia) {
    return new Registration(robotId, instance, lastEpoch, newMedia, trickle, sessions);
  }

  Registration without(String sessionId) {
    if (!sessions.contains(sessionId)) {
      return this;
    }
    Set<String> rest = new HashSet<>(sessions);
    rest.remove(sessionId);
    return new Registration(robotId, instance, lastEpoch, media, trickle, rest);
  }
}
