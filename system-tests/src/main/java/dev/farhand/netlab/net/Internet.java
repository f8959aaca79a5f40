package dev.farhand.netlab.net;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * An internet on this machine, all of whose hosts have addresses that are set aside for
 * documentation (RFC 5737): {@code 198.51.100.0/24} and {@code 203.0.113.0/24}. Owns every
 * namespace of the lab and ends them all, with what runs inside. One thread.
 */
public final class Internet implements AutoCloseable {
  /** The lab's namespaces are called {@code fhn-PID-NAME}, after the process that made them. */
  private static final String PREFIX = "fhn-";

  private static final String ROBOTS = "198.51.100.";
  private static final String OPERATORS = "203.0.113.";
  private static final int FIRST_NUMBER = 30;

  private final Deque<Namespace> namespaces = new ArrayDeque<>();
  private final Deque<Link> links = new ArrayDeque<>();
  private final Path scripts;
  private final Thread atExit = new Thread(this::remove, "end-of-internet");
  private int ports;
  private int numbers = FIRST_NUMBER;

  private Internet(Path scripts) {
    this.scripts = scripts;
  }

  /**
   * Makes an empty one. What a lab left behind that was killed is removed.
   *
   * @param scripts the folder {@code system-tests/netlab}
   */
  public static Internet make(Path scripts) {
    removeLeftovers();
    Internet internet = new Internet(scripts);
    Runtime.getRuntime().addShutdownHook(internet.atExit);
    Namespace core = internet.namespace("core");
    core.forward();
    core.ip(
        "link add hub type bridge",
        "link set hub up",
        "addr add " + ROBOTS + "1/24 dev hub",
        "addr add " + OPERATORS + "1/24 dev hub");
    return internet;
  }

  /** Why this machine cannot have one; empty if it can. */
  public static Optional<String> lacking() {
    for (String program : List.of("ip", "nft")) {
      if (List.of("/usr/sbin", "/sbin", "/usr/bin", "/bin").stream()
          .noneMatch(folder -> Files.isExecutable(Path.of(folder, program)))) {
        return Optional.of("the program " + program + " is missing");
      }
    }
    try {
      Namespace trial = Namespace.make(PREFIX + ProcessHandle.current().pid() + "-trial");
      try {
        trial.ip("link add hub type bridge");
        trial.nft(NatKind.ADDRESS_RESTRICTED.rules("192.168.1.2"));
      } finally {
        trial.remove();
      }
      return Files.isReadable(Path.of("/dev/net/tun"))
          ? Optional.empty()
          : Optional.of("/dev/net/tun cannot be opened");
    } catch (IllegalStateException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** A namespace without any interface. */
  public Namespace namespace(String name) {
    Namespace made = Namespace.make(PREFIX + ProcessHandle.current().pid() + "-" + name);
    namespaces.push(made);
    return made;
  }

  /** A host with an address of its own, such as a server. */
  public Namespace host(String name, String address) {
    Namespace host = namespace(name);
    attach(host, "wan", address, 0);
    return host;
  }

  /**
   * Where a virtual machine is plugged in, on the robots' side. It has to give itself an address.
   *
   * @param name of the tap, at most 15 letters
   * @param number the last of its address, 2 to 29
   */
  public Tap tap(String name, int number) {
    core()
        .ip(
            "tuntap add " + name + " mode tap",
            "link set " + name + " master hub",
            "link set " + name + " up");
    return new Tap(core(), name, ROBOTS + number, ROBOTS + "1");
  }

  /** Gives it an interface with a public address, and the way to everybody else. */
  void attach(Namespace host, String face, String address, int metric) {
    String port = "port" + ports++;
    cable(host, face, core(), port);
    core().ip("link set " + port + " master hub", "link set " + port + " up");
    address(host, face, address, metric);
    route(host, face, address, metric);
  }

  /** Both ends of a cable. */
  static void cable(Namespace one, String face, Namespace other, String otherFace) {
    Tool.run(
        "ip",
        "link",
        "add",
        face,
        "netns",
        one.name(),
        "type",
        "veth",
        "peer",
        "name",
        otherFace,
        "netns",
        other.name());
  }

  static void address(Namespace host, String face, String address, int metric) {
    host.ip("addr add " + address + "/24 dev " + face, "link set " + face + " up");
  }

  /** The router of an address's network is the first of it. */
  static void route(Namespace host, String face, String address, int metric) {
    String gateway = address.substring(0, address.lastIndexOf('.')) + ".1";
    host.ip("route add default via " + gateway + " dev " + face + " metric " + metric);
  }

  Link link(Namespace one, String face, Namespace other, String otherFace) {
    Link link = Link.lay(scripts.resolve("link.py"), one, face, other, otherFace);
    links.push(link);
    return link;
  }

  /** A number that no other network has: of its LAN, its carrier, its public address. */
  int number() {
    if (numbers > 254) {
      throw new IllegalStateException("This internet has no addresses left.");
    }
    return numbers++;
  }

  static String publicAddress(Side side, int number) {
    return (side == Side.ROBOT ? ROBOTS : OPERATORS) + number;
  }

  private Namespace core() {
    return namespaces.getLast();
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    remove();
  }

  private void remove() {
    links.forEach(Link::close);
    new ArrayList<>(namespaces).forEach(Namespace::remove);
    namespaces.clear();
  }

  private static void removeLeftovers() {
    for (String line : Tool.run("ip", "netns", "list").lines().toList()) {
      String name = line.split(" ", 2)[0];
      if (name.startsWith(PREFIX)) {
        String pid = name.substring(PREFIX.length()).split("-", 2)[0];
        if (pid.matches("\\d+") && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
          new Namespace(name).remove();
        }
      }
    }
  }
}
