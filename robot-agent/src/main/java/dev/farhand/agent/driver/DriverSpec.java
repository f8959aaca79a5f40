package dev.farhand.agent.driver;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How to start a driver.
 *
 * @param name for logs, such as {@code sim} or the command's file name
 * @param command the program and its arguments; no shell in between
 * @param settings handed to the driver as they stand; an object
 * @param motionTimeout silence after which the driver makes its outputs safe
 * @param readyLimit a driver that is not ready after this is killed
 * @param ackLimit a driver that doesn't acknowledge a line within this is killed. By default the
 *     motion timeout: so long a motion may run unheard of, and a driver that has not answered by
 *     then cannot be trusted to have ended it. Far longer than a healthy one pauses: its collector
 *     takes 20 ms on a Raspberry Pi, a page from the SD card 100
 */
public record DriverSpec(
    String name,
    List<String> command,
    JsonNode settings,
    Duration motionTimeout,
    Duration readyLimit,
    Duration ackLimit) {
  private static final Duration READY_LIMIT = Duration.ofSeconds(10);

  /**
   * A small heap and the quick compiler: a driver starts fast, runs for months, computes little.
   */
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xms4m",
          "-Xmx32m",
          "-Xss512k",
          "-XX:TieredStopAtLevel=1",
          "-XX:ReservedCodeCacheSize=16m",
          "-Xshare:auto",
          "-XX:-UsePerfData",
          "-XX:+ExitOnOutOfMemoryError");

  public DriverSpec {
    command = List.copyOf(command);
    if (command.isEmpty() || command.get(0).isBlank()) {
      throw new IllegalArgumentException("A driver's command must name a program.");
    }
    if (!settings.isObject()) {
      throw new IllegalArgumentException("A driver's settings must be names with values.");
    }
    if (motionTimeout.toMillis() < 50 || motionTimeout.toMillis() > 5000) {
      throw new IllegalArgumentException("A driver's motion timeout must be 50 ms to 5 s.");
    }
  }

  /** The same, with limits of its own, for hardware that takes its time. */
  public DriverSpec within(Duration readyLimit, Duration ackLimit) {
    return new DriverSpec(name, command, settings, motionTimeout, readyLimit, ackLimit);
  }

  /** A program in any language. */
  public static DriverSpec ofCommand(
      List<String> command, JsonNode settings, Duration motionTimeout) {
    String program = command.isEmpty() ? "" : command.get(0);
    Path file = Path.of(program).getFileName();
    return new DriverSpec(
        file == null ? program : file.toString(),
        command,
        settings,
        motionTimeout,
        READY_LIMIT,
        motionTimeout);
  }

  /** One of the agent's own drivers, in a child JVM of this program's class path. */
  public static DriverSpec builtIn(String name, JsonNode settings, Duration motionTimeout) {
    return new DriverSpec(name, java(name), settings, motionTimeout, READY_LIMIT, motionTimeout);
  }

  /** A class of one's own, in a child JVM of this program's class path. */
  public static DriverSpec ofClass(
      Class<? extends Driver> type, JsonNode settings, Duration motionTimeout) {
    return new DriverSpec(
        type.getSimpleName(),
        java("class:" + type.getName()),
        settings,
        motionTimeout,
        READY_LIMIT,
        motionTimeout);
  }

  private static List<String> java(String driver) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_OPTIONS);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(DriverMain.class.getName());
    command.add(driver);
    return command;
  }
}
