package dev.farhand.agent;

import dev.farhand.agent.driver.BuiltIn;
import dev.farhand.agent.driver.DriverPlan;
import dev.farhand.agent.driver.DriverSpec;
import dev.farhand.agent.machine.Finding;
import dev.farhand.agent.machine.Machine;
import dev.farhand.agent.webrtc.NativeLibraries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code doctor} looks at on this machine. */
final class MachineCheck {
  private static final int JAVA = 17;

  /** Of the interpreters that people write drivers for. */
  private static final Map<String, String> PACKAGES =
      Map.of(
          "python3", "python3", "node", "nodejs", "ruby", "ruby", "perl", "perl", "bash", "bash");

  private MachineCheck() {}

  static Finding java(int feature) {
    return feature >= JAVA
        ? Finding.ok("Java " + feature)
        : Finding.problem(
            "Java " + feature + " is too old; the agent needs " + JAVA,
            "sudo apt-get install -y openjdk-17-jre-headless");
  }

  static Finding system(String name, String arch) {
    return name.equals("Linux")
        ? Finding.ok("Linux on " + arch)
        : Finding.problem(
            "This is " + name + "; the agent runs on Linux only", "Run it on the robot.");
  }

  static Finding libraries(List<String> missing, boolean shipped) {
    if (!shipped) {
      return Finding.problem(
          "This build has no WebRTC for this machine's processor",
          "Install the archive for " + System.getProperty("os.arch") + ".");
    }
    return missing.isEmpty()
        ? Finding.ok("The libraries that WebRTC needs are here")
        : Finding.problem(
            "Libraries that WebRTC needs are missing", NativeLibraries.installCommand(missing));
  }

  /** Whether the drivers can be started, and have what they need. */
  static List<Finding> drivers(DriverPlan drivers, String searchPath, Machine machine) {
    if (drivers.specs().isEmpty()) {
      return List.of(Finding.ok("No driver: this robot does not move"));
    }
    List<Finding> findings = new ArrayList<>();
    for (DriverSpec driver : drivers.specs()) {
      findings.add(program(driver, searchPath));
      script(driver).ifPresent(findings::add);
      driver
          .builtIn()
          .flatMap(BuiltIn::make)
          .ifPresent(builtIn -> findings.addAll(builtIn.look(driver.settings(), machine)));
    }
    return findings;
  }

  private static Finding program(DriverSpec driver, String searchPath) {
    String program = driver.command().get(0);
    if (isProgram(program, searchPath)) {
      return Finding.ok("The program of the driver " + driver.name() + " is here and executable");
    }
    String what = "The program of the driver " + driver.name() + ", " + program + ", ";
    if (!program.contains("/")) {
      return Finding.problem(
          what + "is in no folder of PATH",
          PACKAGES.containsKey(program)
              ? "sudo apt-get install -y " + PACKAGES.get(program)
              : "Give its whole path as command, or one of the agent's own drivers: "
                  + String.join(", ", BuiltIn.names()));
    }
    if (Files.isDirectory(Path.of(program))) {
      return Finding.problem(what + "is a folder", "Mend the driver's command in robot.yaml");
    }
    return Files.exists(Path.of(program))
        ? Finding.problem(what + "is not executable", "chmod +x " + program)
        : Finding.problem(
            what + "is not here", "Put it there, or mend the driver's command in robot.yaml");
  }

  /** What an interpreter is to run, where it is told by its whole path. */
  private static Optional<Finding> script(DriverSpec driver) {
    if (driver.builtIn().isPresent() || driver.command().size() < 2) {
      return Optional.empty();
    }
    String script = driver.command().get(1);
    if (!script.matches("/.*\\.(py|sh|js|jar|rb|pl)")) {
      return Optional.empty();
    }
    Path file = Path.of(script);
    if (!Files.exists(file)) {
      return Optional.of(
          Finding.problem(
              "The script of the driver " + driver.name() + ", " + script + ", is not here",
              "Put it there, or mend the driver's command in robot.yaml"));
    }
    return Files.isReadable(file)
        ? Optional.empty()
        : Optional.of(
            Finding.problem(
                "The script of the driver " + driver.name() + ", " + script + ", may not be read",
                "sudo chmod a+r " + script));
  }

  private static boolean isExecutable(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }

  private static boolean isProgram(String program, String searchPath) {
    if (program.contains("/")) {
      return isExecutable(Path.of(program));
    }
    for (String folder : searchPath.split(":", -1)) {
      if (!folder.isEmpty() && isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }
}
