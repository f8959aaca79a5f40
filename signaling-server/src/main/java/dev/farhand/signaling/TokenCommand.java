package dev.farhand.signaling;

import dev.farhand.protocol.SignalMessage.Role;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code farhand-server token}. */
@Command(
    name = "token",
    description = "Prints a token. The server need not run.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    defaultValueProvider = Environment.class,
    footer = {"", Environment.FOOTER})
final class TokenCommand implements Callable<Integer> {
  @Option(
      names = "--role",
      required = true,
      description =
          "What it allows: robot (register it, nothing else), viewer, driver, or owner (a driver who"
              + " may take over).")
  Role role = Role.VIEWER;

  @Mixin TokenOptions token = new TokenOptions();

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.println(token.mint(role));
    out.flush();
    return 0;
  }
}
