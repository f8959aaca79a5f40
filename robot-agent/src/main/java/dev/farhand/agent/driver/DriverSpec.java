package dev.farhand.agent.driver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.protocol.InvalidMessage;
import dev.farhand.protocol.JsonCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How to start a driver.
 *
 * @param name for logs, such as {@code sim} or the command's file name; among several drivers, the
 *     one that messages and telemetry go by
 * @param launch where it runs
 * @param settings handed to the driver as they stand; an object
 * @param motionTimeout silence after which the driver makes its outputs safe
 * @param readyLimit a driver that is not ready after this is killed
 * @param ackLimit a driver that doesn't acknowledge a line within this is killed. By default the
 *     motion timeout: so long a motion may run unheard of, and a driver that has not answered by
 *     then cannot be trusted to have ended it. Far longer than a healthy one pauses: its collector
 *     takes 20 ms on a Raspberry Pi, a page from the SD card 100
 * @param motion whether it gets motion; stops it gets in any case
 */
public record DriverSpec(
    String name,
    Launch launch,
    JsonNode settings,
    Duration motionTimeout,
    Duration readyLimit,
    Duration ackLimit,
    boolean motion) {
  /** Unless something else is said. */
  public static final Duration READY_LIMIT = Duration.ofSeconds(10);

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
    if (!settings.isObject()) {
      throw new IllegalArgumentException("A driver's settings must be names with values.");
    }
    if (motionTimeout.toMillis() < 50 || motionTimeout.toMillis() > 5000) {
      throw new IllegalArgumentException("A driver's motion timeout must be 50 ms to 5 s.");
    }
  }

  /** The program and its arguments; empty for a driver that runs in this process. */
  public List<String> command() {
    return launch instanceof Launch.Program program ? program.command() : List.of();
  }

  /** The name of the agent's own driver that this is, if it is one. */
  public Optional<String> builtIn() {
    List<String> command = command();
    int last = command.size() - 1;
    return last > 0 && command.get(last - 1).equals(DriverMain.class.getName())
        ? Optional.of(command.get(last)).filter(BuiltIn.names()::contains)
        : Optional.empty();
  }

  /** The same, with limits of its own, for hardware that takes its time. */
  public DriverSpec within(Duration readyLimit, Duration ackLimit) {
    return new DriverSpec(name, launch, settings, motionTimeout, readyLimit, ackLimit, motion);
  }

  /** The same, called so. */
  public DriverSpec called(String name) {
    return new DriverSpec(name, launch, settings, motionTimeout, readyLimit, ackLimit, motion);
  }

  /** The same, but it gets no motion. */
  public DriverSpec withoutMotion() {
    return new DriverSpec(name, launch, settings, motionTimeout, readyLimit, ackLimit, false);
  }

  /** A program in any language. */
  public static DriverSpec ofCommand(
      List<String> command, JsonNode settings, Duration motionTimeout) {
    String program = command.isEmpty() ? "" : command.get(0);
    Path file = Path.of(program).getFileName();
    return of(file == null ? program : file.toString(), command, settings, motionTimeout);
  }

  /** Why no driver could read a line with these settings, without a full stop; empty if it can. */
  public static Optional<String> unreadable(JsonNode settings) {
    JsonCodec<ToDriver> codec = new JsonCodec<>(ToDriver.class);
    String line = codec.encode(new ToDriver.Configure("x".repeat(64), settings, 1));
    if (line.length() > Line.MOST_BYTES) {
      return Optional.of("they are more than 64 KiB");
    }
    try {
      codec.decode(line);
      return Optional.empty();
    } catch (InvalidMessage e) {
      return Optional.of(e.reason().replaceFirst("\\.$", ""));
    }
  }

  /** One of the agent's own drivers, in a child JVM of this program's class path. */
  public static DriverSpec builtIn(String name, JsonNode settings, Duration motionTimeout) {
    return of(name, java(name), settings, motionTimeout);
  }

  /**
   * A class of one's own, in a child JVM of this program's class path.
   *
   * @throws BadSettings if the class has a {@link Driver#check} of its own, which refuses them
   */
  public static DriverSpec ofClass(
      Class<? extends Driver> type, JsonNode settings, Duration motionTimeout) {
    check(type, settings);
    return of(type.getSimpleName(), java("class:" + type.getName()), settings, motionTimeout);
  }

  /**
   * A driver on a thread of this program, without a process of its own. {@code docs/drivers.md}
   * says what is lost by that: above all, one that hangs cannot be ended.
   *
   * @param maker makes the driver, anew for each start
   */
  public static DriverSpec inProcess(
      String name, Supplier<? extends Driver> maker, JsonNode settings, Duration motionTimeout) {
    return new DriverSpec(
        name,
        new Launch.InProcess(maker),
        settings,
        motionTimeout,
        READY_LIMIT,
        motionTimeout,
        true);
  }

  private static DriverSpec of(
      String name, List<String> command, JsonNode settings, Duration motionTimeout) {
    return new DriverSpec(
        name,
        new Launch.Program(command),
        settings,
        motionTimeout,
        READY_LIMIT,
        motionTimeout,
        true);
  }

  private static void check(Class<? extends Driver> type, JsonNode settings) {
    try {
      // An object of a class that does not check may take its hardware as it is made.
      if (type.getMethod("check", JsonNode.class).getDeclaringClass() != Driver.class) {
        type.getConstructor().newInstance().check(settings);
      }
    } catch (ReflectiveOperationException e) {
      // The child will not be able to make one either, and say so.
    }
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
