package dev.farhand.agent.signaling;

import dev.farhand.protocol.SignalMessage.Description;
import dev.farhand.protocol.SignalMessage.IceCandidate;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The ICE user fragments of a description (RFC 8839, section 5.4). They tell candidates of this
 * gathering from those of the one before, which may still be on their way between threads.
 *
 * @param fragments none if nothing is known yet
 */
public record IceGeneration(Set<String> fragments) {
  private static final Pattern IN_DESCRIPTION =
      Pattern.compile("^a=ice-ufrag:(\\S+)", Pattern.MULTILINE);
  private static final Pattern IN_CANDIDATE = Pattern.compile(" ufrag (\\S+)");

  public static IceGeneration of(Description description) {
    return new IceGeneration(
        IN_DESCRIPTION
            .matcher(description.sdp())
            .results()
            .map((MatchResult match) -> match.group(1))
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** False only for candidates that say that they belong to another one. */
  public boolean owns(IceCandidate candidate) {
    Matcher fragment = IN_CANDIDATE.matcher(candidate.candidate());
    return !fragment.find() || fragments.contains(fragment.group(1));
  }
}
