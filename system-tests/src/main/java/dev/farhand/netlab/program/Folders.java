package dev.farhand.netlab.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where things are.
 *
 * @param home of the project
 * @param work for logs and data, made if need be
 */
public record Folders(Path home, Path work) {
  /** How the agent's launcher tells the C library to give memory back. */
  public static final Map<String, String> MEMORY =
      Map.of(
          "MALLOC_ARENA_MAX", "2",
          "MALLOC_TRIM_THRESHOLD_", "131072",
          "MALLOC_MMAP_THRESHOLD_", "131072");

  public Folders {
    home = home.toAbsolutePath().normalize();
    work = work.toAbsolutePath().normalize();
    try {
      Files.createDirectories(work);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lab's own programs in Python. */
  public Path scripts() {
    return home.resolve("system-tests/netlab");
  }

  /** The programs that behave as RTCBot's do. */
  public Path peers() {
    return home.resolve("system-tests/peers");
  }

  /** coturn's settings as they are shipped. */
  Path turnSettings() {
    return home.resolve("deploy/coturn/turnserver.conf");
  }

  public Path work(String file) {
    return work.resolve(file);
  }

  public Path server() {
    return built(home.resolve("deploy/server/target/farhand-server/bin/farhand-server"));
  }

  public Path agent() {
    return built(
        home.resolve("deploy/agent/target/farhand-agent-linux-" + machine())
            .resolve("bin/farhand-agent"));
  }

  /** What robots of this kind of machine are given. */
  public Path agentArchive(String machine) {
    Path archive = home.resolve("deploy/agent/target/farhand-agent-linux-" + machine + ".tar.gz");
    if (!Files.isReadable(archive)) {
      throw new IllegalStateException(archive + " is missing: run ./farhand build first.");
    }
    return archive;
  }

  /**
   * The command of a class of ours or the agent's, with the agent's libraries (the native one of
   * this machine among them) and the JVM options of its launcher.
   *
   * @param ours on the class path with all that is packed with it
   */
  public List<String> java(Class<?> ours, List<String> options, String main, String... arguments) {
    return java(List.of(ours), options, main, arguments);
  }

  /** The same with classes of several archives. */
  public List<String> java(
      List<Class<?>> ours, List<String> options, String main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xss512k",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-cp",
            agent().resolveSibling("../lib").normalize() + "/*:" + jars(ours),
            main));
    command.addAll(List.of(arguments));
    return command;
  }

  private static String jars(List<Class<?>> ours) {
    return ours.stream().map(one -> jar(one).toString()).collect(Collectors.joining(":"));
  }

  private static Path jar(Class<?> ours) {
    try {
      return Path.of(ours.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path built(Path program) {
    if (!Files.isExecutable(program)) {
      throw new IllegalStateException(program + " is missing: run ./farhand build first.");
    }
    return program;
  }

  private static String machine() {
    return switch (System.getProperty("os.arch")) {
      case "amd64" -> "x86_64";
      case "aarch64" -> "aarch64";
      default -> "armv7";
    };
  }
}
