package dev.farhand.bench;

import java.util.Optional;

/**
 * What one program took.
 *
 * @param situation the contender that was driven, or {@link #IDLE}
 * @param driver the kind of driver; empty for a program with a peer connection
 */
record Footprint(String situation, Optional<String> driver, Meter.Usage usage) {
  /** Registered, and nobody connected. */
  static final String IDLE = "idle";

  /** Empty for the shell that starts the agent. */
  static Optional<Footprint> of(String situation, FootprintCommand.Watched watched) {
    String program = watched.process().info().command().orElse("");
    boolean counts = program.endsWith("/java") || program.contains("/python3");
    return counts
        ? Optional.of(
            new Footprint(
                situation, DriversOfAllKinds.kind(watched.process()), watched.meter().usage()))
        : Optional.empty();
  }
}
