package dev.farhand.netlab;

import picocli.CommandLine;

/** The command line: {@code ./farhand netlab}. */
public final class Main {
  private Main() {}

  /** Runs and ends: 0 if all holds, 1 if not, 2 for wrong words, 69 or 70 if it could not run. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new NetlabCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(
                (failure, command, arguments) -> {
                  failure.printStackTrace(command.getErr());
                  command.getErr().println("The lab broke down; the reason is above.");
                  return 70;
                })
            .execute(args));
  }
}
