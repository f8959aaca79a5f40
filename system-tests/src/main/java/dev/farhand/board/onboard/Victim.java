package dev.farhand.board.onboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A process of the robot's that something can happen to. */
public enum Victim {
  AGENT("dev.farhand.agent.Main"),
  DRIVER("dev.farhand.agent.driver.DriverMain");

  private final String main;

  Victim(String main) {
    this.main = main;
  }

  /** Those that there are now. */
  Stream<ProcessHandle> processes() {
    return ProcessHandle.allProcesses().filter(this::is);
  }

  private boolean is(ProcessHandle process) {
    try {
      return Stream.of(
              Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")).split("\0", -1))
          .anyMatch(main::equals);
    } catch (IOException e) {
      return false; // It has ended meanwhile.
    }
  }
}
