package dev.farhand.signaling.bounds;

/**
 * How much one party may ask of the server. Whoever goes over is told a code and closed; nobody
 * else notices. A message counts once, and once more for each KiB of it.
 *
 * @param messageBytes the longest message, in bytes of UTF-8
 * @param messagesPerSecond of one operator, sustained; twice as many may come at once
 * @param robotMessagesPerSecond of one robot, which answers several operators; likewise
 * @param sessionsPerRobot operators with one robot at the same time
 * @param joinsAtOnce of one robot with one token; when they are used up, one in two seconds
 * @param waitingPerRobot operators that wait for one robot
 * @param waiting operators that wait for any robot
 * @param socketsPerAddress WebSockets from one IPv4 address or one IPv6 /64
 * @param connections of any kind from everywhere; fewer than a process usually has descriptors
 * @param queuedBytes what may wait to be read by one slow reader
 */
public record Limits(
    int messageBytes,
    int messagesPerSecond,
    int robotMessagesPerSecond,
    int sessionsPerRobot,
    int joinsAtOnce,
    int waitingPerRobot,
    int waiting,
    int socketsPerAddress,
    int connections,
    int queuedBytes) {
  public static final Limits DEFAULTS =
      new Limits(64 * 1024, 100, 500, 16, 20, 32, 1000, 256, 20_000, 1024 * 1024);

  /** Connections of any kind from one address: its WebSockets, and as many to fetch pages with. */
  public int connectionsPerAddress() {
    return (int) Math.min(2L * socketsPerAddress, Integer.MAX_VALUE);
  }
}
