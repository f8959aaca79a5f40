package dev.farhand.signaling;

import dev.farhand.signaling.access.UnusableFile;
import java.net.SocketException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/** The command line {@code farhand-server}. */
@Command(
    name = "farhand-server",
    description = "Introduces browsers and robots to each other.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {RunCommand.class, TokenCommand.class, InviteCommand.class},
    synopsisSubcommandLabel = "COMMAND")
public final class Main {
  /** As in {@code sysexits.h}. */
  static final int UNAVAILABLE = 69;

  static final int SOFTWARE = 70;

  private Main() {}

  public static void main(String[] args) {
    System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tF %1$tT %4$s %5$s%6$s%n");
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(ERRORS);
  }

  private static final IExecutionExceptionHandler ERRORS =
      (error, command, parsed) -> {
        if (error instanceof UnusableFile || error instanceof SocketException) {
          command.getErr().println(error.getMessage());
          return UNAVAILABLE;
        }
        if (error instanceof IllegalArgumentException && error.getMessage() != null) {
          command.getErr().println(error.getMessage());
          return CommandLine.ExitCode.USAGE;
        }
        error.printStackTrace(command.getErr());
        return SOFTWARE;
      };
}
