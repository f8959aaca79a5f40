package dev.farhand.agent;

import dev.farhand.agent.config.ConfigException;
import dev.farhand.agent.config.Token;
import dev.farhand.agent.operator.JoinOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that say which robot to join, and as whom. */
final class OperatorOptions {
  // Set by picocli.
  @SuppressWarnings("NullAway.Init")
  @Parameters(
      paramLabel = "ROBOT",
      description = "The robot's ID, or a link to its page, such as an invitation, in quotes.")
  private String robot;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "The signaling server, such as wss://farhand.example.org (FARHAND_SERVER).")
  private @Nullable String server;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description =
          "A viewer's, driver's or owner's token (FARHAND_TOKEN). Other users of this machine can"
              + " read command lines: --token-file is the better way.")
  private @Nullable String token;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file that holds the token (FARHAND_TOKEN_FILE).")
  private @Nullable String tokenFile;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "Certificates (PEM) to trust beside the system's (FARHAND_CA).")
  private @Nullable String ca;

  @Option(
      names = "--wait",
      description = "Wait for the robot, and for the server, instead of ending when it is away.")
  private boolean waiting;

  /**
   * By options, the link and the environment, in this order.
   *
   * @throws ConfigException if something is missing, or is not what it must be
   */
  JoinOptions options(UnaryOperator<@Nullable String> environment) {
    JoinAddress address = JoinAddress.of(robot);
    String host =
        first(server, address.server().orElse(null), environment.apply("FARHAND_SERVER"))
            .orElse("");
    if (host.isBlank()) {
      throw new ConfigException("The server is missing. Give --server wss://host, or a link.");
    }
    boolean given = token != null || tokenFile != null;
    String text =
        given
            ? token
            : first(address.token().orElse(null), environment.apply("FARHAND_TOKEN")).orElse(null);
    String file = given ? tokenFile : environment.apply("FARHAND_TOKEN_FILE");
    Supplier<Optional<String>> source = Token.of(text, file);
    try {
      return JoinOptions.of(host, address.robotId())
          .withToken(source)
          .withCa(first(ca, environment.apply("FARHAND_CA")).map(Path::of))
          .withWaiting(waiting);
    } catch (ConfigException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
  }

  private static Optional<String> first(@Nullable String... candidates) {
    return Stream.of(candidates).flatMap(Stream::ofNullable).findFirst();
  }
}
