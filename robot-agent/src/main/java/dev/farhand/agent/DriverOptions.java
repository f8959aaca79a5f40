package dev.farhand.agent;

import dev.farhand.agent.config.ConfigFile;
import dev.farhand.agent.config.DriverSettings;
import dev.farhand.agent.config.SettingsReader;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what moves the robot, for commands that need no server. */
final class DriverOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Where robot.yaml is (FARHAND_CONFIG). Without it: the working directory, then"
              + " ~/.config/farhand, then /etc/farhand.")
  private @Nullable Path config;

  @Option(
      names = "--driver",
      paramLabel = "DRIVER",
      description =
          "What moves the robot (FARHAND_DRIVER), in place of the drivers in robot.yaml: sim, none,"
              + " or a command in quotes.")
  private @Nullable String driver;

  /** Whether anything says what moves this robot; if not, {@link #settings} are the simulated. */
  boolean given(UnaryOperator<@Nullable String> environment) {
    return driver != null
        || environment.apply("FARHAND_DRIVER") != null
        || ConfigOptions.file(config, environment).isPresent();
  }

  /** By options, environment, file and default, in this order. */
  DriverSettings settings(UnaryOperator<@Nullable String> environment) {
    ConfigFile yaml =
        ConfigOptions.file(config, environment).map(ConfigFile::read).orElse(ConfigFile.NONE);
    return SettingsReader.drivers(
        yaml, driver == null ? environment.apply("FARHAND_DRIVER") : driver);
  }
}
