package dev.farhand.signaling.board;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * When RTCBot programs took a robot's ID from somebody who was there. They come back for ever and
 * cannot tell whose newer socket superseded theirs, so two of them on one ID would push each other
 * out as fast as they can connect. Immutable.
 *
 * @param times within the last {@link #SPAN}, oldest first
 */
record Takeovers(List<Instant> times) {
  static final Duration SPAN = Duration.ofMinutes(1);
  static final int MOST = 3;
  static final Takeovers NONE = new Takeovers(List.of());

  Takeovers {
    times = List.copyOf(times);
  }

  Takeovers plus(Instant now) {
    return new Takeovers(Stream.concat(recent(now), Stream.of(now)).toList());
  }

  /** Whether whoever is there keeps the ID for now. */
  boolean areTooMany(Instant now) {
    return recent(now).count() >= MOST;
  }

  private Stream<Instant> recent(Instant now) {
    // What lies ahead was noted before the wall clock was set back.
    return times.stream().filter(time -> !time.isAfter(now) && time.plus(SPAN).isAfter(now));
  }
}
