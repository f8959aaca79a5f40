package dev.farhand.agent;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code farhand-agent}. */
@Command(
    name = "farhand-agent",
    description = "Connects a robot to a Farhand server, so that a browser can drive it.",
    subcommands = {RunCommand.class, CommandLine.HelpCommand.class},
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with an {@link ExitCode}. */
  public static void main(String[] args) {
    if (System.getProperty("java.util.logging.SimpleFormatter.format") == null) {
      System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tF %1$tT %4$s %5$s%6$s%n");
    }
    int code = commandLine().execute(args);
    System.out.flush();
    System.err.flush();
    // Not exit: libwebrtc's threads may crash while the JVM is taken down around them.
    Runtime.getRuntime().halt(code);
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Main());
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setParameterExceptionHandler(
        (failure, arguments) -> {
          PrintWriter err = failure.getCommandLine().getErr();
          err.println(failure.getMessage());
          err.println(
              "See: " + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help");
          return ExitCode.USAGE.code();
        });
    commandLine.setExecutionExceptionHandler(
        (failure, command, arguments) -> {
          if (failure instanceof CommandFailure known) {
            command.getErr().println(known.getMessage());
            return known.exitCode().code();
          }
          throw failure;
        });
    commandLine.setExitCodeExceptionMapper(failure -> ExitCode.INTERNAL.code());
    return commandLine;
  }
}
