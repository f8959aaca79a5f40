package dev.farhand.agent;

import dev.farhand.agent.config.ConfigException;
import dev.farhand.agent.config.DriverSettings;
import dev.farhand.agent.driver.DriverSpec;
import dev.farhand.agent.machine.Finding;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code farhand-agent safe}. */
@Command(
    name = "safe",
    description = {
      "Makes the outputs of all drivers safe, without agent, server or network: starts each driver,"
          + " whose first act that is, and ends it.",
      "For what comes after a crash of everything; the systemd unit does it at each end. Ends with"
          + " 0 if all outputs are safe, with 73 if those of a driver may not be, with 78 if"
          + " robot.yaml is wrong, or there is none."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SafeCommand implements Callable<Integer> {
  @Mixin private DriverOptions options = new DriverOptions();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description =
          "The longest to wait for the drivers, 1 to 150; meanwhile one that fails is tried again."
              + " Unless given, 2 more than the longest ready-within-s of the drivers.")
  private @Nullable Integer timeout;

  // Set by picocli.
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Integer given = timeout;
    if (given != null && (given < 1 || given > 150)) {
      throw new ConfigException("--timeout is 1 to 150 seconds.");
    }
    if (!options.given(System::getenv)) {
      throw new ConfigException(
          "no robot.yaml found in the working directory, ~/.config/farhand or /etc/farhand: nothing"
              + " says what moves this robot, and nothing was made safe. Give --config FILE.");
    }
    DriverSettings settings = options.settings(System::getenv);
    if (settings.drivers().specs().isEmpty()) {
      tell(Finding.ok("No driver: this robot has no outputs"));
      return ExitCode.OK.code();
    }
    PrintWriter err = spec.commandLine().getErr();
    Duration limit = given == null ? settings.drivers().startLimit() : Duration.ofSeconds(given);
    settings.drivers().specs().stream()
        .filter(driver -> driver.readyLimit().compareTo(limit) > 0)
        .forEach(driver -> err.println(tooShort(driver, limit)));
    boolean safe = new SafeOutputs(settings, this::tell, err::println).make(limit);
    return (safe ? ExitCode.OK : ExitCode.UNSAFE).code();
  }

  private static String tooShort(DriverSpec driver, Duration limit) {
    return driver.name()
        + " may take "
        + driver.readyLimit().toSeconds()
        + " s to be ready (ready-within-s), and is waited for only "
        + limit.toSeconds()
        + " s: leave --timeout out, in the service as docs/install.md says.";
  }

  private void tell(Finding finding) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(finding);
    out.flush();
  }
}
