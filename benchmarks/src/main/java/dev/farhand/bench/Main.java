package dev.farhand.bench;

import dev.farhand.bench.stop.StopCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code ./farhand bench}. */
@Command(
    name = "farhand bench",
    description = "Measures what Farhand claims, beside its peers, in one run.",
    subcommands = {
      ConnectCommand.class,
      StopCommand.class,
      FootprintCommand.class,
      CommandLine.HelpCommand.class
    },
    mixinStandardHelpOptions = true)
public final class Main {
  private Main() {}

  /** Runs one benchmark and ends: 0 if its goals are met, 1 if not, 70 if it could not measure. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Main())
            .setExecutionExceptionHandler(
                (failure, command, arguments) -> {
                  failure.printStackTrace(command.getErr());
                  command.getErr().println("It could not be measured; the reason is above.");
                  return 70;
                })
            .execute(args.length == 0 ? new String[] {"help"} : args));
  }
}
