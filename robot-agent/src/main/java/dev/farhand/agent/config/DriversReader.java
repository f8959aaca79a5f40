package dev.farhand.agent.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.farhand.agent.config.RobotYaml.DriverPart;
import dev.farhand.agent.driver.BadSettings;
import dev.farhand.agent.driver.BuiltIn;
import dev.farhand.agent.driver.Driver;
import dev.farhand.agent.driver.DriverPlan;
import dev.farhand.agent.driver.DriverSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes drivers of what {@code driver} or {@code drivers} says in {@code robot.yaml}. */
final class DriversReader {
  private static final String NONE = "none";
  private static final List<String> DEFAULT = List.of("sim");
  private static final Duration MOTION_TIMEOUT = Duration.ofMillis(300);

  /** Of a driver in Java, on a small board. */
  private static final Duration OWN_START = Duration.ofSeconds(2);

  private final ConfigFile file;

  DriversReader(ConfigFile file) {
    this.file = file;
  }

  /**
   * The robot's drivers.
   *
   * @param override a command that takes the place of all of them
   */
  DriverPlan read(@Nullable String override) {
    DriverPart one = one();
    Map<String, @Nullable DriverPart> several = file.yaml().drivers();
    if (several != null && !one.equals(DriverPart.EMPTY)) {
      throw file.mistake("drivers", "cannot stand beside driver, its short form: keep one of them");
    }
    if (several == null || override != null) {
      return override == null ? single(one, command(one)) : overridden(one, override);
    }
    if (several.isEmpty()) {
      throw file.mistake("drivers", "must name a driver");
    }
    List<DriverSpec> specs = new ArrayList<>();
    several.forEach((name, part) -> specs.add(named(name, part)));
    try {
      return DriverPlan.named(specs);
    } catch (IllegalArgumentException e) {
      throw file.mistake("drivers", "cannot be used. " + withoutStop(e));
    }
  }

  private DriverPart one() {
    DriverPart part = file.yaml().driver();
    return part == null ? DriverPart.EMPTY : part;
  }

  private static List<String> command(DriverPart part) {
    List<String> command = part.command();
    return command == null || command.isEmpty() ? DEFAULT : command;
  }

  private DriverPlan overridden(DriverPart part, String override) {
    List<String> command = List.of(override.strip().split("\\s+"));
    boolean another = isBuiltIn(command) && !command.equals(command(part));
    // The file's settings are another driver's, and this one would refuse them.
    return single(
        another
            ? new DriverPart(null, part.motion(), part.motionTimeoutMs(), part.readyWithinS(), null)
            : part,
        command);
  }

  private static boolean isBuiltIn(List<String> command) {
    return command.size() == 1 && BuiltIn.names().contains(command.get(0));
  }

  private DriverPlan single(DriverPart part, List<String> command) {
    return command.equals(List.of(NONE))
        ? DriverPlan.NONE
        : DriverPlan.single(spec("driver", part, command));
  }

  private DriverSpec named(String name, @Nullable DriverPart part) {
    String key = "drivers." + name;
    if (!DriverPlan.isName(name)) {
      throw file.mistake(key, "cannot be used: a driver's name " + DriverPlan.nameRule());
    }
    List<String> command = part == null ? null : part.command();
    if (part == null || command == null || command.isEmpty() || command.contains(NONE)) {
      throw file.mistake(key, "must say its command: " + builtIn() + ", or a program");
    }
    return spec(key, part, command).called(name);
  }

  private DriverSpec spec(String key, DriverPart part, List<String> command) {
    Section section = new Section(file, key);
    Duration timeout =
        section.millis("motion-timeout-ms", part.motionTimeoutMs(), MOTION_TIMEOUT, 50, 5000);
    Duration ready =
        section.seconds("ready-within-s", part.readyWithinS(), DriverSpec.READY_LIMIT, 1, 120);
    JsonNode settings = settings(section, part);
    checkProgram(section, command);
    Optional<Driver> builtIn = isBuiltIn(command) ? BuiltIn.make(command.get(0)) : Optional.empty();
    builtIn.ifPresent(driver -> check(section, driver, settings, ready));
    DriverSpec made =
        builtIn.isPresent()
            ? DriverSpec.builtIn(command.get(0), settings, timeout)
            : DriverSpec.ofCommand(command, settings, timeout);
    DriverSpec spec = made.within(ready, made.ackLimit());
    return Boolean.FALSE.equals(part.motion()) ? spec.withoutMotion() : spec;
  }

  private static void checkProgram(Section section, List<String> command) {
    String program = command.get(0);
    if (program.isBlank()) {
      throw section.mistake("command", "must be " + builtIn() + ", or a program");
    }
    if (command.size() > 1) {
      return;
    }
    if (program.strip().contains(" ") && !Files.exists(Path.of(program))) {
      throw section.mistake(
          "command",
          "is one text, so it would be one program's name. Write a program and its arguments as a"
              + " list: ["
              + String.join(", ", program.strip().split("\\s+"))
              + "]");
    }
    String small = program.toLowerCase(Locale.ROOT);
    if (!BuiltIn.names().contains(program) && BuiltIn.names().contains(small)) {
      throw section.mistake("command", "is written in small letters: " + small);
    }
  }

  private static JsonNode settings(Section section, DriverPart part) {
    JsonNode given = part.settings();
    if (given == null || given.isNull()) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (!given.isObject()) {
      throw section.mistake("settings", "must be names with values");
    }
    DriverSpec.unreadable(given)
        .ifPresent(
            why -> {
              throw section.mistake("settings", "cannot be told to a driver: " + why);
            });
    return given;
  }

  private static void check(Section section, Driver driver, JsonNode settings, Duration ready) {
    try {
      driver.check(settings);
    } catch (BadSettings e) {
      String path = e.path().isEmpty() ? "settings" : "settings." + e.path();
      throw section.mistake(path, e.reason());
    }
    Duration waits = driver.waitsAtStart(settings);
    Duration needed = waits.plus(OWN_START);
    if (!waits.isZero() && ready.compareTo(needed) < 0) {
      throw section.mistake(
          "ready-within-s",
          "must be at least "
              + (needed.toMillis() + 999) / 1000
              + ": by its settings the driver waits "
              + waits.toMillis()
              + " ms, and "
              + OWN_START.toSeconds()
              + " s are for its own start");
    }
  }

  private static String builtIn() {
    return String.join(", ", BuiltIn.names());
  }

  private static String withoutStop(IllegalArgumentException e) {
    return String.valueOf(e.getMessage()).replaceFirst("\\.$", "");
  }
}
