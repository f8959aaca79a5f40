package dev.farhand.signaling;

import dev.farhand.signaling.access.UnusableFile;
import java.io.PrintWriter;
import java.net.SocketException;
import java.net.UnknownHostException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

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
        .setParameterExceptionHandler(Main::wrong)
        .setExecutionExceptionHandler(Main::failed);
  }

  private static int wrong(ParameterException error, String[] args) {
    CommandLine command = error.getCommandLine();
    command.getErr().println(error.getMessage());
    command.getErr().println("Try " + command.getCommandSpec().qualifiedName() + " --help.");
    return CommandLine.ExitCode.USAGE;
  }

  private static int failed(Exception error, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (error instanceof UnusableFile) {
      err.println(error.getMessage());
      return UNAVAILABLE;
    }
    if (error instanceof SocketException || error instanceof UnknownHostException) {
      err.println(
          "The server cannot listen there ("
              + error.getMessage()
              + "). Choose another address with --port and --host.");
      return UNAVAILABLE;
    }
    if (error instanceof IllegalArgumentException && error.getMessage() != null) {
      err.println(error.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    error.printStackTrace(err);
    return SOFTWARE;
  }
}
