package dev.farhand.signaling;

import dev.farhand.signaling.bounds.Limits;
import dev.farhand.signaling.bounds.Timings;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The bounds that people may change. */
final class LimitOptions {
  private static final String DEFAULT = " Default: ${DEFAULT-VALUE}.";

  @Option(
      names = "--message-bytes",
      paramLabel = "N",
      defaultValue = "65536",
      description = "The longest message." + DEFAULT)
  int messageBytes;

  @Option(
      names = "--messages-per-second",
      paramLabel = "N",
      defaultValue = "100",
      description =
          "From one operator, sustained; twice as many may come at once, and each KiB counts as a"
              + " message more."
              + DEFAULT)
  int messagesPerSecond;

  @Option(
      names = "--robot-messages-per-second",
      paramLabel = "N",
      defaultValue = "500",
      description = "From one robot, likewise; it answers several operators." + DEFAULT)
  int robotMessagesPerSecond;

  @Option(
      names = "--sessions-per-robot",
      paramLabel = "N",
      defaultValue = "16",
      description = "Operators with one robot at the same time." + DEFAULT)
  int sessionsPerRobot;

  @Option(
      names = "--joins-at-once",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "Times that one token joins one robot at once; when they are used up, it joins once in"
              + " two seconds. With --open it is not counted."
              + DEFAULT)
  int joinsAtOnce;

  @Option(
      names = "--waiting-per-robot",
      paramLabel = "N",
      defaultValue = "32",
      description = "Operators that wait for one absent robot." + DEFAULT)
  int waitingPerRobot;

  @Option(
      names = "--waiting",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Operators that wait for any robot." + DEFAULT)
  int waiting;

  @Option(
      names = "--wait-seconds",
      paramLabel = "N",
      defaultValue = "600",
      description = "How long one may wait." + DEFAULT)
  int waitSeconds;

  @Option(
      names = "--sockets-per-address",
      paramLabel = "N",
      defaultValue = "256",
      description =
          "WebSockets from one IPv4 address or IPv6 /64, which may have twice as many connections."
              + " Behind a proxy, see --trust-proxy."
              + DEFAULT)
  int socketsPerAddress;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "20000",
      description =
          "Connections of any kind from everywhere. Keep it below the limit on open files."
              + DEFAULT)
  int connections;

  @Option(
      names = "--queued-bytes",
      paramLabel = "N",
      defaultValue = "1048576",
      description = "What may wait for a reader that is slow." + DEFAULT)
  int queuedBytes;

  Limits limits() {
    return new Limits(
        messageBytes,
        messagesPerSecond,
        robotMessagesPerSecond,
        sessionsPerRobot,
        joinsAtOnce,
        waitingPerRobot,
        waiting,
        socketsPerAddress,
        connections,
        queuedBytes);
  }

  Timings timings() {
    return Timings.DEFAULTS.withWaiting(Duration.ofSeconds(waitSeconds));
  }
}
