package dev.farhand.agent;

import dev.farhand.agent.driver.DriverMain;
import dev.farhand.agent.driver.JournalDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The agent as it is installed on a robot: the launcher and the systemd unit that are shipped, with
 * this class path in the place of the archive's {@code lib}.
 */
final class Installation {
  private static final Path DEPLOY = Path.of("../deploy");

  /** Only what stands in the place of {@code lib} is another: everything else is the launcher's. */
  private static final String JAVA =
      """
      #!/bin/sh
      for word; do
        shift
        case $word in */lib/\\*) word='CLASS_PATH' ;; esac
        set -- "$@" "$word"
      done
      exec 'JAVA_HOME/bin/java' "$@"
      """;

  private final Path folder;
  private final Path home;
  private final Path java;
  private final String unit;

  Installation(Path folder) throws IOException {
    this.folder = folder;
    home = folder.resolve("opt");
    java = folder.resolve("java");
    unit = Files.readString(DEPLOY.resolve("systemd/farhand-agent.service"));
    write(
        home.resolve("bin/farhand-agent"),
        Files.readString(DEPLOY.resolve("agent/src/bin/farhand-agent")));
    write(
        java.resolve("bin/java"),
        JAVA.replace("CLASS_PATH", System.getProperty("java.class.path"))
            .replace("JAVA_HOME", System.getProperty("java.home")));
  }

  private static void write(Path program, String text) throws IOException {
    Files.createDirectories(program.getParent());
    Files.writeString(program, text);
    if (!program.toFile().setExecutable(true)) {
      throw new IOException(program + " cannot be made executable");
    }
  }

  Path journal(String driver) {
    return folder.resolve(driver + ".journal");
  }

  /** The lines of a driver in {@code robot.yaml} that writes down what it does. */
  String recording(String name) {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            DriverMain.class.getName(),
            "class:" + JournalDriver.class.getName());
    return "  "
        + name
        + ": {command: ['"
        + String.join("', '", command)
        + "'], settings: {journal: '"
        + journal(name)
        + "'}}\n";
  }

  void configure(String yaml) throws IOException {
    Files.writeString(folder.resolve("robot.yaml"), yaml);
  }

  /** The value of the unit's only line of this key, with the paths of this installation. */
  String unit(String key) {
    List<String> values =
        unit.lines()
            .filter(line -> line.startsWith(key + "="))
            .map(line -> line.substring(key.length() + 1))
            .toList();
    if (values.size() != 1) {
      throw new IllegalStateException("The unit has " + values.size() + " lines of " + key);
    }
    return moved(values.get(0));
  }

  /** The whole unit, with the paths of this installation. */
  String unit() {
    return moved(unit);
  }

  private String moved(String text) {
    return text.replace("/opt/farhand-agent/", home + "/")
        .replace("/etc/farhand/robot.yaml", folder.resolve("robot.yaml").toString());
  }

  /** Runs a command line of the unit, as systemd would: no shell in between. */
  ChildAgent startUnits(String key, Map<String, String> more) throws IOException {
    return start(List.of(unit(key).split(" ", -1)), more);
  }

  /** Runs a command of the agent. */
  ChildAgent start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/farhand-agent").toString()));
    command.addAll(List.of(arguments));
    return start(command, Map.of());
  }

  private ChildAgent start(List<String> command, Map<String, String> more) throws IOException {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("JAVA_HOME", java.toString());
    return ChildAgent.startProgram(folder, environment, command);
  }
}
