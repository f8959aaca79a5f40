package dev.farhand.agent.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.camera.Camera;
import dev.farhand.agent.camera.Format;
import dev.farhand.agent.camera.SimCamera;
import dev.farhand.agent.camera.TestCamera;
import dev.farhand.agent.config.RobotYaml.CameraPart;
import dev.farhand.agent.config.RobotYaml.LimitsPart;
import dev.farhand.agent.config.RobotYaml.MemoryPart;
import dev.farhand.agent.config.RobotYaml.ReconnectPart;
import dev.farhand.agent.driver.DriverPlan;
import dev.farhand.agent.session.SessionLimits;
import dev.farhand.agent.signaling.ReconnectSettings;
import dev.farhand.protocol.SignalMessage;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes settings of what {@code robot.yaml} and the overrides say, and of defaults. */
public final class SettingsReader {
  private static final String NONE = "none";
  private static final String UNNAMED = "robot";
  private static final String ADDRESS_RULE =
      "must be like wss://farhand.example.org or ws://localhost:8080";
  private static final String SOURCE_RULE = "must be sim, test or none";
  private static final String ID_RULE =
      "is 1 to 64 letters, digits, dots, dashes or underscores, and begins with a letter or digit";
  private static final int DAY_MINUTES = 24 * 60;
  private static final int TERABYTE = 1 << 20;

  private SettingsReader() {}

  /**
   * Complete settings.
   *
   * @throws ConfigException if something is missing or out of range
   */
  public static AgentSettings read(ConfigFile file, Overrides overrides) {
    RobotYaml yaml = file.yaml();
    String tokenFile = yaml.tokenFile();
    String token = yaml.token();
    if (overrides.token() != null || overrides.tokenFile() != null) {
      tokenFile = overrides.tokenFile();
      token = overrides.token();
    }
    Optional<String> ca = Optional.ofNullable(Overrides.or(overrides.ca(), yaml.ca()));
    DriverPlan drivers = new DriversReader(file).read(overrides.driver());
    return new AgentSettings(
        server(file, overrides.server()),
        id(file, overrides.id()),
        Token.of(token, tokenFile),
        ca.map(Path::of),
        drivers,
        camera(file, overrides.camera(), drivers.isSimulated() ? "sim" : NONE),
        MotionReader.read(file),
        limits(file),
        reconnect(file),
        memory(file));
  }

  /**
   * What moves the robot, also where the rest is missing.
   *
   * @param driver {@code sim}, {@code none}, or a command that takes the place of the file's
   *     drivers
   * @throws ConfigException if that part cannot be used
   */
  public static DriverSettings drivers(ConfigFile file, @Nullable String driver) {
    String id = file.yaml().id();
    return new DriverSettings(
        id != null && SignalMessage.isRobotId(id) ? id : UNNAMED,
        new DriversReader(file).read(driver),
        MotionReader.read(file));
  }

  private static URI server(ConfigFile file, @Nullable String override) {
    String own = file.yaml().server();
    if (override != null || own == null || own.isBlank()) {
      return server(override);
    }
    try {
      return server(own);
    } catch (ConfigException e) {
      throw file.mistake("server", ADDRESS_RULE);
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
          && uri.getPort() != 0
          && uri.getPort() <= 65_535
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && (path.isEmpty() || path.equals("/"))) {
        return new URI(scheme, null, uri.getHost(), uri.getPort(), null, null, null);
      }
    } catch (URISyntaxException e) {
      // Told below, as any other address that cannot be used.
    }
    throw new ConfigException("The server's address " + ADDRESS_RULE + ".");
  }

  private static String id(ConfigFile file, @Nullable String override) {
    String own = file.yaml().id();
    String id = Overrides.or(override, own);
    if (id == null || id.isBlank()) {
      throw new ConfigException(
          "The robot's ID is missing. Give --id rover1, or id: in robot.yaml.");
    }
    if (SignalMessage.isRobotId(id)) {
      return id;
    }
    throw override == null
        ? file.mistake("id", "cannot be used: a robot's ID " + ID_RULE)
        : new ConfigException("A robot's ID " + ID_RULE + ".");
  }

  private static Function<Supplier<JsonNode>, Optional<Camera>> camera(
      ConfigFile file, @Nullable String override, String otherwise) {
    CameraPart given = file.yaml().camera();
    CameraPart part = given == null ? CameraPart.EMPTY : given;
    Section camera = new Section(file, "camera");
    Format vga = Format.VGA;
    Format format =
        new Format(
            even(camera, "width", part.width(), vga.width(), 160, 1920),
            even(camera, "height", part.height(), vga.height(), 120, 1080),
            camera.whole(
                "frames-per-second", part.framesPerSecond(), vga.framesPerSecond(), 1, 60));
    String name = part.name() == null ? "camera" : part.name();
    String source = Overrides.or(override, part.source());
    return switch (source == null ? otherwise : source) {
      case "sim" -> telemetry -> Optional.of(new SimCamera(name, format, telemetry));
      case "test" -> telemetry -> Optional.of(new TestCamera(name, format));
      case NONE -> telemetry -> Optional.empty();
      default ->
          throw override == null
              ? camera.mistake("source", SOURCE_RULE)
              : new ConfigException("The camera's source " + SOURCE_RULE + ".");
    };
  }

  private static int even(
      Section camera, String key, @Nullable Integer value, int otherwise, int least, int most) {
    int size = camera.whole(key, value, otherwise, least, most);
    if (size % 2 != 0) {
      throw camera.mistake(key, "must be even, " + least + " to " + most);
    }
    return size;
  }

  private static SessionLimits limits(ConfigFile file) {
    LimitsPart given = file.yaml().limits();
    LimitsPart part = given == null ? LimitsPart.EMPTY : given;
    Section limits = new Section(file, "limits");
    SessionLimits defaults = SessionLimits.DEFAULTS;
    return new SessionLimits(
        limits.whole("sessions", part.sessions(), defaults.sessions(), 1, 64),
        limits.whole(
            "messages-per-second",
            part.messagesPerSecond(),
            defaults.messagesPerSecond(),
            50,
            10_000),
        limits.seconds("connect-within-s", part.connectWithinS(), defaults.connectWithin(), 1, 600),
        limits.seconds("gone-after-s", part.goneAfterS(), defaults.goneAfter(), 1, 600),
        limits.whole("video-kbit", part.videoKbit(), defaults.videoKbit(), 50, 20_000));
  }

  private static ReconnectSettings reconnect(ConfigFile file) {
    ReconnectPart given = file.yaml().reconnect();
    ReconnectPart part = given == null ? ReconnectPart.EMPTY : given;
    Section reconnect = new Section(file, "reconnect");
    ReconnectSettings defaults = ReconnectSettings.DEFAULTS;
    Duration longest =
        reconnect.millis("longest-ms", part.longestMs(), defaults.cap(), 1, 3_600_000);
    int most = (int) longest.toMillis();
    Duration first = defaults.base().compareTo(longest) < 0 ? defaults.base() : longest;
    return new ReconnectSettings(
        reconnect.millis("first-ms", part.firstMs(), first, 1, most),
        longest,
        defaults.goodStretch());
  }

  private static MemoryBounds memory(ConfigFile file) {
    MemoryPart given = file.yaml().memory();
    MemoryPart part = given == null ? MemoryPart.EMPTY : given;
    Section memory = new Section(file, "memory");
    MemoryBounds defaults = MemoryBounds.DEFAULTS;
    int keptHard =
        memory.whole(
            "kept-hard-mb", part.keptHardMb(), megabytes(defaults.hardKept()), 1, TERABYTE);
    int residentHard =
        memory.whole(
            "resident-hard-mb",
            part.residentHardMb(),
            megabytes(defaults.hardResident()),
            1,
            TERABYTE);
    return new MemoryBounds(
        bytes(soft(memory, "kept", part.keptSoftMb(), defaults.softKept(), keptHard)),
        bytes(keptHard),
        bytes(
            soft(memory, "resident", part.residentSoftMb(), defaults.softResident(), residentHard)),
        bytes(residentHard),
        Duration.ofMinutes(
            memory.whole(
                "earliest-minutes",
                part.earliestMinutes(),
                (int) defaults.earliest().toMinutes(),
                0,
                DAY_MINUTES)));
  }

  private static int soft(
      Section memory, String name, @Nullable Integer value, long otherwise, int hard) {
    int soft = value == null ? Math.min(megabytes(otherwise), hard) : value;
    if (soft < 1 || soft > hard) {
      throw memory.mistake(
          name + "-soft-mb", "must be 1 to " + hard + ", not above " + name + "-hard-mb");
    }
    return soft;
  }

  private static int megabytes(long bytes) {
    return (int) (bytes >> 20);
  }

  private static long bytes(int megabytes) {
    return (long) megabytes << 20;
  }
}
