package dev.farhand.signaling;

import dev.farhand.protocol.SignalMessage;
import dev.farhand.protocol.SignalMessage.Role;
import dev.farhand.signaling.access.Grant;
import dev.farhand.signaling.access.SecretKeys;
import dev.farhand.signaling.access.Tokens;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What {@code token} and {@code invite} have in common. */
final class TokenOptions {
  private static final int ID_BYTES = 9;

  @Option(
      names = "--robot",
      paramLabel = "ID",
      required = true,
      split = ",",
      description = "The robot's ID, several with commas, or '*' for all.")
  List<String> robots = List.of();

  @Option(
      names = "--name",
      defaultValue = "",
      description = "Who it is for, as others see it. Default: the role.")
  String name = "";

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      converter = Span.class,
      defaultValue = "30d",
      description = "When it ends: 45m, 12h, 30d. Default: ${DEFAULT-VALUE}; 'never' is possible.")
  Duration expires = Duration.ZERO;

  @Mixin SecretOptions secret = new SecretOptions();

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec = CommandSpec.create();

  /** Makes the token; says on stderr what its user has to know. */
  String mint(Role role) {
    Set<String> ids = new LinkedHashSet<>(robots);
    for (String id : ids) {
      if (!id.equals(Grant.EVERY_ROBOT) && !SignalMessage.isRobotId(id)) {
        throw new ParameterException(
            spec.commandLine(),
            "--robot "
                + id
                + ": a robot's ID is 1 to 64 letters, digits, dots, dashes or"
                + " underscores, and begins with a letter or digit.");
      }
    }
    SecretKeys.Loaded loaded = SecretKeys.readOrMake(secret.file());
    PrintWriter err = spec.commandLine().getErr();
    if (loaded.made()) {
      err.println(
          "Made a new secret in " + secret.file() + ". The server has to read the same file.");
    }
    byte[] id = new byte[ID_BYTES];
    new SecureRandom().nextBytes(id);
    Grant grant =
        new Grant(
            role,
            ids,
            name.isBlank() ? role.wire() : name,
            Base64.getUrlEncoder().encodeToString(id),
            expires.isZero() ? null : Instant.now().plus(expires));
    err.println("Token ID (for --deny-file): " + grant.tokenId());
    Vertx vertx = Vertx.vertx();
    try {
      return new Tokens(vertx, loaded.keys(), Clock.systemUTC()).mint(grant);
    } finally {
      vertx.close().await();
    }
  }
}
