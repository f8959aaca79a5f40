package dev.farhand.board;

import dev.farhand.board.parts.PartsException;
import picocli.CommandLine;

/** The command line: {@code ./farhand board}. */
public final class Main {
  private static final int UNAVAILABLE = 69;
  private static final int BROKEN = 70;

  private Main() {}

  /** Runs and ends: 0 if all holds, 1 if not, 2 for wrong words, 69 or 70 if it could not run. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new BoardCommand())
            .setExecutionExceptionHandler(
                (failure, command, arguments) -> {
                  if (failure instanceof PartsException) {
                    command.getErr().println(failure.getMessage());
                    command.getErr().println("The board's parts cannot be had; see above.");
                    return UNAVAILABLE;
                  }
                  failure.printStackTrace(command.getErr());
                  command.getErr().println("The board broke down; the reason is above.");
                  return BROKEN;
                })
            .execute(args));
  }
}
