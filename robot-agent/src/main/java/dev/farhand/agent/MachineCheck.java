package dev.farhand.agent;

import dev.farhand.agent.driver.DriverPlan;
import dev.farhand.agent.driver.DriverSpec;
import dev.farhand.agent.webrtc.NativeLibraries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What {@code doctor} looks at on this machine. */
final class MachineCheck {
  private static final int JAVA = 17;

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

  static List<Finding> drivers(DriverPlan drivers, String searchPath) {
    return drivers.specs().isEmpty()
        ? List.of(Finding.ok("No driver: this robot does not move"))
        : drivers.specs().stream().map(driver -> program(driver, searchPath)).toList();
  }

  private static Finding program(DriverSpec driver, String searchPath) {
    String program = driver.command().get(0);
    return isProgram(program, searchPath)
        ? Finding.ok("The driver " + driver.name() + " can be started")
        : Finding.problem(
            "The program of the driver "
                + driver.name()
                + ", "
                + program
                + ", is not here, or not executable",
            "Check its command in robot.yaml; for a script: chmod +x " + program);
  }

  private static boolean isProgram(String program, String searchPath) {
    if (program.contains("/")) {
      return Files.isExecutable(Path.of(program));
    }
    for (String folder : searchPath.split(":", -1)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }
}
