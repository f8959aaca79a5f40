package dev.farhand.agent;

/**
 * How the agent's process ends. A launcher starts it again for {@link #RESTART} at once, and for
 * the others as it sees fit; see {@code sysexits.h} for the customary ones.
 */
public enum ExitCode {
  /** Asked to end (SIGTERM, SIGINT), or nothing to do. */
  OK(0, "ended as asked"),
  /** The command line could not be understood. */
  USAGE(64, "the command line is wrong"),
  /** {@code join} was given lines that cannot be sent. */
  BAD_LINE(65, "join: a line could not be sent"),
  /** {@code try} had no driver to move anything with. */
  NOT_TRIED(66, "try: nothing could be moved"),
  /** {@code join} did not reach the robot, or has lost it for good. */
  UNREACHABLE(68, "join: there is no connection to the robot"),
  /** {@code doctor} found something. */
  UNHEALTHY(69, "doctor found a problem"),
  /** A mistake in Farhand. */
  INTERNAL(70, "something went wrong in the agent"),
  /** Not on Linux. */
  WRONG_SYSTEM(71, "the agent runs on Linux only"),
  /** System libraries are missing. */
  MISSING_LIBRARIES(72, "system libraries are missing"),
  /** {@code safe} has a driver whose outputs may not be safe. */
  UNSAFE(73, "safe: the outputs of a driver could not be made safe"),
  /** {@code join} saved no picture. */
  NO_PICTURE(74, "join: no picture came, or it cannot be saved"),
  /** The agent asks to be started again: its memory bound is reached, or its loop hangs. */
  RESTART(75, "start the agent again"),
  /** Server and agent speak different versions of the protocol. */
  PROTOCOL(76, "the server speaks another version of the protocol"),
  /** The server does not accept this token. */
  TOKEN(77, "the server does not accept the token"),
  /** {@code robot.yaml}, or an option, is wrong. */
  CONFIG(78, "the configuration is wrong"),
  /** Another agent uses this robot's ID. */
  CONFLICT(79, "another agent uses this robot's ID");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public int code() {
    return code;
  }

  /** A few words, for lists. */
  public String meaning() {
    return meaning;
  }
}
