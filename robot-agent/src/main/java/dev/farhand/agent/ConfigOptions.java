package dev.farhand.agent;

import dev.farhand.agent.config.AgentSettings;
import dev.farhand.agent.config.ConfigFile;
import dev.farhand.agent.config.Overrides;
import dev.farhand.agent.config.SettingsReader;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which robot this is, shared by the commands that need to know. */
final class ConfigOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Where robot.yaml is (FARHAND_CONFIG). Without it: the working directory, then"
              + " ~/.config/farhand, then /etc/farhand.")
  private @Nullable Path config;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "The signaling server, such as wss://farhand.example.org (FARHAND_SERVER).")
  private @Nullable String server;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "The robot's ID, such as rover1 (FARHAND_ID).")
  private @Nullable String id;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description =
          "The robot's token (FARHAND_TOKEN). Other users of this machine can read command lines:"
              + " --token-file is the better way.")
  private @Nullable String token;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file that holds the token (FARHAND_TOKEN_FILE).")
  private @Nullable String tokenFile;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "Certificates (PEM) to trust beside the system's (FARHAND_CA).")
  private @Nullable String ca;

  @Option(
      names = "--driver",
      paramLabel = "DRIVER",
      description =
          "What moves the robot (FARHAND_DRIVER): sim, gpio, serial, none, or a command in quotes,"
              + " such as \"python3 driver.py\".")
  private @Nullable String driver;

  @Option(
      names = "--camera",
      paramLabel = "SOURCE",
      description = "What operators see (FARHAND_CAMERA): sim, test or none.")
  private @Nullable String camera;

  /** The file that counts, if there is one. */
  Optional<Path> file(UnaryOperator<@Nullable String> environment) {
    return file(config, environment);
  }

  static Optional<Path> file(@Nullable Path option, UnaryOperator<@Nullable String> environment) {
    Path named = option;
    String fromEnvironment = environment.apply("FARHAND_CONFIG");
    if (named == null && fromEnvironment != null) {
      named = Path.of(fromEnvironment);
    }
    return ConfigFile.find(named, environment);
  }

  /** What this robot is told, by options, environment, file and default, in this order. */
  AgentSettings settings(UnaryOperator<@Nullable String> environment) {
    ConfigFile yaml = file(environment).map(ConfigFile::read).orElse(ConfigFile.NONE);
    Overrides options = new Overrides(server, id, token, tokenFile, ca, driver, camera);
    return SettingsReader.read(yaml, options.over(environment));
  }
}
