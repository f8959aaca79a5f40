package dev.farhand.signaling;

import dev.farhand.protocol.SignalMessage.Role;
import dev.farhand.signaling.access.Grant;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code farhand-server invite}. */
@Command(
    name = "invite",
    description = "Prints a link that lets whoever has it see or drive a robot.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    defaultValueProvider = Environment.class,
    footer = {"", Environment.FOOTER})
final class InviteCommand implements Callable<Integer> {
  @Option(
      names = "--role",
      defaultValue = "driver",
      description = "viewer, driver, or owner. Default: ${DEFAULT-VALUE}.")
  Role role = Role.DRIVER;

  @Option(
      names = {"--url", "--public-origin"},
      paramLabel = "ORIGIN",
      defaultValue = "http://localhost:8080",
      description =
          "Where browsers find the server, such as https://robots.example.org. Default:"
              + " ${DEFAULT-VALUE}.")
  String url = "";

  @Mixin TokenOptions token = new TokenOptions();

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (role == Role.ROBOT) {
      throw new ParameterException(
          spec.commandLine(), "An invitation is for people. For a robot, use: token --role robot");
    }
    if (token.robots.size() != 1 || token.robots.contains(Grant.EVERY_ROBOT)) {
      throw new ParameterException(
          spec.commandLine(), "A link leads to one robot: give --robot one ID.");
    }
    String origin = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    PrintWriter out = spec.commandLine().getOut();
    // After the #, so that no server and no log ever sees it.
    out.println(origin + "/r/" + token.robots.get(0) + "#token=" + token.mint(role));
    out.flush();
    return 0;
  }
}
