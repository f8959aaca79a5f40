package dev.farhand.system;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The programs that are unpacked from the archives, as their users start them. */
final class Stand implements AutoCloseable {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  static final Path SERVER = ROOT.resolve("deploy/server/target/farhand-server/bin/farhand-server");
  static final Path AGENT =
      ROOT.resolve("deploy/agent/target/farhand-agent-linux-" + machine() + "/bin/farhand-agent");
  private static final Pattern PORT = Pattern.compile("://[^/ ]+:(\\d+)");

  private final Path folder;
  private final List<Program> programs = new ArrayList<>();

  /**
   * @param name of the test; its logs and data are in {@code target/stands/NAME}
   */
  Stand(String name) {
    folder = Path.of("target/stands", name).toAbsolutePath();
  }

  Path folder() {
    return folder;
  }

  Program server(String... arguments) {
    Program server = start("server", SERVER, arguments);
    server.awaitLine("listens on");
    return server;
  }

  Program agent(String... arguments) {
    return start("agent", AGENT, arguments);
  }

  /** An agent with the simulated rover, registered. */
  Program rover(String id, int port, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run",
                "--server",
                "ws://localhost:" + port,
                "--id",
                id,
                "--driver",
                "sim",
                "--camera",
                "sim"));
    arguments.addAll(List.of(more));
    Program agent = start("agent-" + id, AGENT, arguments.toArray(String[]::new));
    agent.awaitLine("Registered as " + id);
    return agent;
  }

  /** One of the programs in {@code peers/}, which behave as RTCBot's do. */
  Program peer(String script, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of("-B", ROOT.resolve("system-tests/peers").resolve(script).toString()));
    command.addAll(List.of(arguments));
    return start(script, Path.of("/usr/bin/python3"), command.toArray(String[]::new));
  }

  Program start(String name, Path program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    Program started =
        Program.start(
            folder.resolve(name + "-" + programs.size() + ".log"),
            command,
            Map.of("FARHAND_DATA", folder.resolve("data").toString()));
    programs.add(started);
    return started;
  }

  /** Where a server listens, from its own words. */
  static int port(Program server) {
    return port(server.awaitLine("listens on"));
  }

  /** The port in such words. */
  static int port(String words) {
    Matcher port = PORT.matcher(words);
    if (!port.find()) {
      throw new AssertionError("No port in: " + words);
    }
    return Integer.parseInt(port.group(1));
  }

  private static String machine() {
    return switch (System.getProperty("os.arch")) {
      case "amd64" -> "x86_64";
      case "aarch64" -> "aarch64";
      default -> "armv7";
    };
  }

  @Override
  public void close() {
    for (int i = programs.size() - 1; i >= 0; i--) {
      programs.get(i).close();
    }
  }
}
