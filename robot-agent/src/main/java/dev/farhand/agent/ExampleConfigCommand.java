package dev.farhand.agent;

import dev.farhand.agent.config.ConfigFile;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code farhand-agent example-config}. */
@Command(
    name = "example-config",
    description = "Prints a robot.yaml with every setting, its default, and what it means.",
    mixinStandardHelpOptions = true)
final class ExampleConfigCommand implements Callable<Integer> {
  // Set by picocli.
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(ConfigFile.example());
    spec.commandLine().getOut().flush();
    return ExitCode.OK.code();
  }
}
