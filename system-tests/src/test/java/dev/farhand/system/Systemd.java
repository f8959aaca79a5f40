package dev.farhand.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A real systemd in namespaces of its own, with Farhand's archives and units put in as
 * docs/install.md says. It has this machine's network, programs and libraries, and none of its
 * units. What it does on disk is gone with it.
 */
final class Systemd implements AutoCloseable {
  private static final Path SCRIPT = Path.of("src/test/resources/dev/farhand/system/systemd");
  private static final Path PROGRAM = Path.of("/lib/systemd/systemd");
  private static final Duration STEP = Duration.ofSeconds(60);

  private final Stand stand;
  private final Program outer;
  private final ProcessHandle systemd;

  /**
   * Boots it.
   *
   * @param work its {@code etc} becomes {@code /etc/farhand}, its {@code units} come beside
   *     Farhand's; inside it is {@code /run/work}
   */
  Systemd(Stand stand, Path work) {
    this.stand = stand;
    outer =
        stand.start(
            "systemd",
            Path.of("/bin/bash"),
            SCRIPT.toString(),
            work.toString(),
            home(Stand.AGENT),
            home(Stand.SERVER));
    systemd =
        Await.value(
            "systemd has started", STEP, () -> outer.processes(PROGRAM + " --system").findFirst());
    Await.until(
        "systemd listens", STEP, () -> Files.exists(inside("/run/systemd/private")), outer::output);
  }

  /** Why this machine cannot have one; empty if it can. */
  static Optional<String> lacking() {
    if (!Files.isExecutable(PROGRAM)) {
      return Optional.of("the program " + PROGRAM + " is missing (Debian: systemd)");
    }
    return "root".equals(System.getProperty("user.name"))
        ? Optional.empty()
        : Optional.of("that takes root");
  }

  private static String home(Path program) {
    return program.resolve("../..").normalize().toString();
  }

  /** Runs a command in there and gives what it printed; whether it succeeded is not asked. */
  String run(String... command) {
    List<String> entered =
        new ArrayList<>(List.of("--target", String.valueOf(systemd.pid()), "--all"));
    entered.addAll(List.of(command));
    Program program =
        stand.start("in", Path.of("/usr/bin/nsenter"), entered.toArray(String[]::new));
    int unused = program.exitStatus(STEP);
    return program.output().strip();
  }

  /** A property of a unit, as {@code systemctl show} has it. */
  String property(String unit, String name) {
    return run("systemctl", "show", "--property=" + name, "--value", unit);
  }

  /** A file in there, as it is reached from out here. */
  Path inside(String file) {
    return Path.of("/proc/" + systemd.pid() + "/root" + file);
  }

  /** The text of a file in there; empty if there is none. */
  String text(String file) {
    try {
      return Files.exists(inside(file)) ? Files.readString(inside(file)) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends all that is in there. */
  @Override
  public void close() {
    outer.close();
  }
}
