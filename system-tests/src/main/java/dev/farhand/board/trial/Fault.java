package dev.farhand.board.trial;

import java.time.Duration;

/** What ends a drive. */
enum Fault {
  RELEASE("the key is let go", 5),
  STOP("STOP is pressed", 5),
  LINK_CUT("the link is cut", 5),
  AGENT_STOPPED("the agent is stopped (SIGSTOP)", 5),
  AGENT_KILLED("the agent is killed (SIGKILL)", 5),
  DRIVER_STOPPED("the driver is stopped (SIGSTOP)", 130),
  DRIVER_KILLED("the driver is killed (SIGKILL)", 130),
  BOTH_KILLED("agent and driver are killed at once (SIGKILL)", 240);

  private final String words;
  private final Duration limit;

  Fault(String words, int limitSeconds) {
    this.words = words;
    this.limit = Duration.ofSeconds(limitSeconds);
  }

  /**
   * The pins have to be safe within this. Where a process that lives has to act, that is its
   * timeout and what emulation makes of it; where a new one has to start first, the time that a
   * start may take.
   */
  Duration limit() {
    return limit;
  }

  @Override
  public String toString() {
    return words;
  }
}
