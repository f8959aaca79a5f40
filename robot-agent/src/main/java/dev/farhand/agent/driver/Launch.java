package dev.farhand.agent.driver;

import java.util.List;
import java.util.function.Supplier;

/** How a driver comes to run. */
public sealed interface Launch {
  /**
   * As a process of its own.
   *
   * @param command the program and its arguments; no shell in between
   */
  record Program(List<String> command) implements Launch {
    public Program {
      command = List.copyOf(command);
      if (command.isEmpty() || command.get(0).isBlank()) {
        throw new IllegalArgumentException("A driver's command must name a program.");
      }
    }
  }

  /**
   * On a thread of the agent's own process. {@code docs/drivers.md} says what is lost by that.
   *
   * @param maker makes the driver anew for each start
   */
  record InProcess(Supplier<? extends Driver> maker) implements Launch {}
}
