package dev.farhand.agent;

import dev.farhand.agent.config.ConfigException;
import dev.farhand.agent.webrtc.MissingLibrariesException;
import java.security.Security;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code farhand-agent}. */
@Command(
    name = "farhand-agent",
    description =
        "Connects a robot to a Farhand server, so that a browser can drive it; or joins one.",
    subcommands = {
      RunCommand.class,
      JoinCommand.class,
      DoctorCommand.class,
      DevicesCommand.class,
      SafeCommand.class,
      TryCommand.class,
      ExampleConfigCommand.class,
      CommandLine.HelpCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with an {@link ExitCode}. */
  public static void main(String[] args) {
    if (System.getProperty("java.util.logging.SimpleFormatter.format") == null) {
      System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tF %1$tT %4$s %5$s%6$s%n");
    }
    // Where a name was not found may be another network by now.
    Security.setProperty("networkaddress.cache.negative.ttl", "1");
    if (!System.getProperty("os.name", "").equals("Linux")) {
      System.err.println("The agent runs on Linux only: its WebRTC and drivers are built for it.");
      end(ExitCode.WRONG_SYSTEM.code());
    }
    end(commandLine().execute(args));
  }

  /**
   * Ends the process at once. Not with {@code System.exit}: libwebrtc's threads may crash while the
   * JVM is taken down around them. The streams are closed because its static destructors write
   * lines there that mean nothing to anybody; for a moment only, because who holds their other end
   * may have stopped reading.
   */
  static void end(int code) {
    briefly(
        () -> {
          System.out.close();
          System.err.close();
        });
    Runtime.getRuntime().halt(code);
  }

  /** Does this, but waits no longer than a moment: streams hang when nobody reads them. */
  static void briefly(Runnable task) {
    Thread thread = new Thread(task, "farhand-end");
    thread.setDaemon(true);
    thread.start();
    try {
      thread.join(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Main());
    commandLine
        .getCommandSpec()
        .usageMessage()
        .footer(
            Arrays.stream(ExitCode.values())
                .map(code -> String.format("  %2d  %s", code.code(), code.meaning()))
                .collect(Collectors.joining("%n", "%nExit codes:%n", "")));
    commandLine.setParameterExceptionHandler(
        (failure, arguments) -> {
          CommandLine command = failure.getCommandLine();
          command.getErr().println(failure.getMessage());
          command.getErr().println("See: " + command.getCommandSpec().qualifiedName() + " --help");
          return ExitCode.USAGE.code();
        });
    commandLine.setExecutionExceptionHandler(
        (failure, command, arguments) -> {
          ExitCode code;
          if (failure instanceof ConfigException) {
            code = ExitCode.CONFIG;
          } else if (failure instanceof MissingLibrariesException) {
            code = ExitCode.MISSING_LIBRARIES;
          } else {
            throw failure;
          }
          command.getErr().println(failure.getMessage());
          return code.code();
        });
    commandLine.setExitCodeExceptionMapper(failure -> ExitCode.INTERNAL.code());
    return commandLine;
  }
}
