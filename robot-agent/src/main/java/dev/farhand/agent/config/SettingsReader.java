package dev.farhand.agent.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.farhand.agent.camera.Camera;
import dev.farhand.agent.camera.Format;
import dev.farhand.agent.camera.SimCamera;
import dev.farhand.agent.camera.TestCamera;
import dev.farhand.agent.driver.DriverSpec;
import dev.farhand.agent.motion.MotionSettings;
import dev.farhand.agent.session.SessionLimits;
import dev.farhand.agent.signaling.ReconnectSettings;
import dev.farhand.protocol.SignalMessage;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes settings of what {@code robot.yaml} and the overrides say, and of defaults. */
public final class SettingsReader {
  /** Drivers that need no program of one's own. */
  public static final List<String> BUILT_IN_DRIVERS = List.of("sim");

  private static final String NONE = "none";
  private static final Duration MOTION_TIMEOUT = Duration.ofMillis(300);

  private SettingsReader() {}

  /**
   * Complete settings.
   *
   * @throws ConfigException if something is missing or out of range
   */
  public static AgentSettings read(RobotYaml yaml, Overrides overrides) {
    String tokenFile = yaml.tokenFile();
    String token = yaml.token();
    if (overrides.token() != null || overrides.tokenFile() != null) {
      tokenFile = overrides.tokenFile();
      token = overrides.token();
    }
    Optional<String> ca = Optional.ofNullable(Overrides.or(overrides.ca(), yaml.ca()));
    try {
      return new AgentSettings(
          server(Overrides.or(overrides.server(), yaml.server())),
          id(Overrides.or(overrides.id(), yaml.id())),
          Token.of(token, tokenFile),
          ca.map(Path::of),
          driver(yaml.driver(), overrides.driver()),
          camera(yaml.camera(), overrides.camera()),
          motion(yaml.motion()),
          limits(yaml.limits()),
          reconnect(yaml.reconnect()),
          memory(yaml.memory()));
    } catch (ConfigException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * A server's address: {@code ws://}, {@code wss://}, or what a browser would be given.
   *
   * @return {@code ws} or {@code wss}, host and port, without a slash at the end
   */
  public static URI server(@Nullable String text) {
    if (text == null || text.isBlank()) {
      throw new ConfigException(
          "The server is missing. Give --server wss://host, or server: in robot.yaml.");
    }
    try {
      URI uri = new URI(text.strip());
      String scheme =
          switch (String.valueOf(uri.getScheme())) {
            case "ws", "http" -> "ws";
            case "wss", "https" -> "wss";
            default -> "";
          };
      String path = uri.getPath() == null ? "" : uri.getPath();
      if (!scheme.isEmpty()
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && (path.isEmpty() || path.equals("/"))) {
        return new URI(scheme, null, uri.getHost(), uri.getPort(), null, null, null);
      }
    } catch (URISyntaxException e) {
      // Told below, as any other address that cannot be used.
    }
    throw new ConfigException(
        "The server's address must be like wss://farhand.example.org or ws://localhost:8080.");
  }

  private static String id(@Nullable String id) {
    if (id == null || id.isBlank()) {
      throw new ConfigException(
          "The robot's ID is missing. Give --id rover1, or id: in robot.yaml.");
    }
    if (!SignalMessage.isRobotId(id)) {
      throw new ConfigException(
          "A robot's ID is 1 to 64 letters, digits, dots, dashes or underscores, and begins with a"
              + " letter or digit.");
    }
    return id;
  }

  private static Optional<DriverSpec> driver(
      RobotYaml.@Nullable DriverPart part, @Nullable String override) {
    List<String> command = part == null ? null : part.command();
    if (override != null) {
      command = List.of(override.strip().split("\\s+"));
    } else if (command == null || command.isEmpty()) {
      command = List.of("sim");
    }
    JsonNode given = part == null ? null : part.settings();
    JsonNode settings =
        given == null || given.isNull() ? JsonNodeFactory.instance.objectNode() : given;
    Duration timeout = millis(part == null ? null : part.motionTimeoutMs(), MOTION_TIMEOUT);
    if (command.equals(List.of(NONE))) {
      return Optional.empty();
    }
    if (command.size() == 1 && BUILT_IN_DRIVERS.contains(command.get(0))) {
      return Optional.of(DriverSpec.builtIn(command.get(0), settings, timeout));
    }
    return Optional.of(DriverSpec.ofCommand(command, settings, timeout));
  }

  private static Function<Supplier<JsonNode>, Optional<Camera>> camera(
      RobotYaml.@Nullable CameraPart part, @Nullable String override) {
    String source = override == null && part != null ? part.source() : override;
    String given = part == null ? null : part.name();
    String name = given == null ? "camera" : given;
    Format format =
        part == null
            ? Format.VGA
            : new Format(
                or(part.width(), Format.VGA.width()),
                or(part.height(), Format.VGA.height()),
                or(part.framesPerSecond(), Format.VGA.framesPerSecond()));
    return switch (source == null ? "sim" : source) {
      case "sim" -> telemetry -> Optional.of(new SimCamera(name, format, telemetry));
      case "test" -> telemetry -> Optional.of(new TestCamera(name, format));
      case NONE -> telemetry -> Optional.empty();
      default -> throw new ConfigException("The camera's source must be sim, test or none.");
    };
  }

  private static MotionSettings motion(RobotYaml.@Nullable MotionPart part) {
    MotionSettings defaults = MotionSettings.DEFAULTS;
    return part == null
        ? defaults
        : defaults.with(
            millis(part.commandTimeoutMs(), defaults.commandTimeout()),
            or(part.maxLinear(), defaults.maxLinear()),
            or(part.maxAngular(), defaults.maxAngular()));
  }

  private static SessionLimits limits(RobotYaml.@Nullable LimitsPart part) {
    SessionLimits defaults = SessionLimits.DEFAULTS;
    return part == null
        ? defaults
        : new SessionLimits(
            or(part.sessions(), defaults.sessions()),
            or(part.messagesPerSecond(), defaults.messagesPerSecond()),
            seconds(part.connectWithinS(), defaults.connectWithin()),
            seconds(part.goneAfterS(), defaults.goneAfter()));
  }

  private static ReconnectSettings reconnect(RobotYaml.@Nullable ReconnectPart part) {
    ReconnectSettings defaults = ReconnectSettings.DEFAULTS;
    return part == null
        ? defaults
        : new ReconnectSettings(
            millis(part.firstMs(), defaults.base()),
            millis(part.longestMs(), defaults.cap()),
            defaults.goodStretch());
  }

  private static MemoryBounds memory(RobotYaml.@Nullable MemoryPart part) {
    MemoryBounds defaults = MemoryBounds.DEFAULTS;
    return part == null
        ? defaults
        : new MemoryBounds(
            megabytes(part.keptSoftMb(), defaults.softKept()),
            megabytes(part.keptHardMb(), defaults.hardKept()),
            megabytes(part.residentSoftMb(), defaults.softResident()),
            megabytes(part.residentHardMb(), defaults.hardResident()),
            part.earliestMinutes() == null
                ? defaults.earliest()
                : Duration.ofMinutes(part.earliestMinutes()));
  }

  private static <T> T or(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }

  private static Duration millis(@Nullable Integer value, Duration otherwise) {
    return value == null ? otherwise : Duration.ofMillis(value);
  }

  private static Duration seconds(@Nullable Integer value, Duration otherwise) {
    return value == null ? otherwise : Duration.ofSeconds(value);
  }

  private static long megabytes(@Nullable Integer value, long otherwise) {
    return value == null ? otherwise : value.longValue() << 20;
  }
}
