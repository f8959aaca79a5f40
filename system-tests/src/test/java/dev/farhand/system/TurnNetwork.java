package dev.farhand.system;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Three network namespaces: a server's, and two clients', each on a line to the server, which
 * passes nothing on. So what gets from one client to the other went through the server. The
 * addresses are those for documentation, which lead nowhere.
 */
final class TurnNetwork implements AutoCloseable {
  static final String SERVER_IPV4 = "203.0.113.1";
  static final String SERVER_IPV6 = "2001:db8:b::1";
  private static final Path NAMESPACES = Path.of("/run/netns");

  private final String name = "fhc-" + ProcessHandle.current().pid();
  private final Path log;

  /** Why this machine does not let us make namespaces; empty where it does. */
  static Optional<String> hindrance(Path log) {
    String name = "fhc-" + ProcessHandle.current().pid() + "-try";
    try (Program program =
        Program.start(
            log,
            List.of("sh", "-c", "ip netns add " + name + " && ip netns delete " + name),
            Map.of())) {
      return program.exitStatus(Duration.ofSeconds(20)) == 0
          ? Optional.empty()
          : Optional.of(program.output().strip());
    }
  }

  TurnNetwork(Path log) {
    this.log = log;
    try {
      add(server());
      ip("-n", server(), "link", "set", "lo", "up");
      for (String key : List.of("net.ipv4.ip_forward", "net.ipv6.conf.all.forwarding")) {
        run("ip", "netns", "exec", server(), "sysctl", "-q", "-w", key + "=0");
      }
      line(near(), "198.51.100", "2001:db8:a");
      line(far(), "203.0.113", "2001:db8:b");
    } catch (RuntimeException | AssertionError e) {
      close();
      throw e;
    }
  }

  String server() {
    return name + "-turn";
  }

  String near() {
    return name + "-near";
  }

  String far() {
    return name + "-far";
  }

  /** The same command, inside. The process is the command's own, as {@code ip} becomes it. */
  static List<String> inside(String namespace, List<String> command) {
    return Stream.concat(Stream.of("ip", "netns", "exec", namespace), command.stream()).toList();
  }

  private void line(String client, String ipv4, String ipv6) {
    add(client);
    ip("-n", client, "link", "set", "lo", "up");
    String end = client.substring(name.length() + 1);
    ip("-n", client, "link", "add", "line", "type", "veth", "peer", "name", end, "netns", server());
    ip("-n", server(), "address", "add", ipv4 + ".1/24", "dev", end);
    ip("-n", server(), "address", "add", ipv6 + "::1/64", "dev", end, "nodad");
    ip("-n", server(), "link", "set", end, "up");
    ip("-n", client, "address", "add", ipv4 + ".2/24", "dev", "line");
    ip("-n", client, "address", "add", ipv6 + "::2/64", "dev", "line", "nodad");
    ip("-n", client, "link", "set", "line", "up");
    ip("-n", client, "route", "add", "default", "via", ipv4 + ".1");
    ip("-n", client, "-6", "route", "add", "default", "via", ipv6 + "::1");
  }

  private void add(String namespace) {
    ip("netns", "add", namespace);
  }

  private void ip(String... arguments) {
    run(Stream.concat(Stream.of("ip"), Stream.of(arguments)).toArray(String[]::new));
  }

  private void run(String... command) {
    try (Program program = Program.start(log, List.of(command), Map.of())) {
      int status = program.exitStatus(Duration.ofSeconds(20));
      if (status != 0) {
        throw new AssertionError(String.join(" ", command) + ": " + program.output());
      }
    }
  }

  /** Removes the namespaces, and with them the lines between them. */
  @Override
  public void close() {
    for (String namespace : List.of(near(), far(), server())) {
      if (Files.exists(NAMESPACES.resolve(namespace))) {
        run("ip", "netns", "delete", namespace);
      }
    }
  }
}
