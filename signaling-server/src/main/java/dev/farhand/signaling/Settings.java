package dev.farhand.signaling;

import dev.farhand.signaling.bounds.Limits;
import dev.farhand.signaling.bounds.Timings;
import dev.farhand.signaling.ice.IceServers;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server is started with.
 *
 * @param port 0 for any free one
 * @param tls absent to speak plain HTTP, to this machine or to a proxy that speaks TLS
 * @param publicOrigin the origin that browsers see, such as {@code https://robots.example.org};
 *     absent to go by each request's {@code Host}
 * @param allowedOrigins others whose pages may connect
 * @param open whether nobody needs a token
 * @param secretFile the keys that sign tokens; made if it is not there
 * @param denyFile withdrawn tokens
 * @param iceServers given to both ends of each session
 * @param trustProxy whether the last address in {@code X-Forwarded-For} is the sender's
 */
public record Settings(
    String host,
    int port,
    @Nullable Tls tls,
    @Nullable String publicOrigin,
    List<String> allowedOrigins,
    boolean open,
    Path secretFile,
    @Nullable Path denyFile,
    IceServers iceServers,
    boolean trustProxy,
    Limits limits,
    Timings timings) {
  public Settings {
    allowedOrigins = List.copyOf(allowedOrigins);
  }

  /**
   * A certificate and its key.
   *
   * @param certificate PEM, the whole chain
   * @param key PEM, PKCS 8 or PKCS 1
   */
  public record Tls(Path certificate, Path key) {}

  /** A server for this machine that asks for no tokens, on any free port. */
  public static Settings open(Path secretFile) {
    return new Settings(
        "127.0.0.1",
        0,
        null,
        null,
        List.of(),
        true,
        secretFile,
        null,
        IceServers.NONE,
        false,
        Limits.DEFAULTS,
        Timings.DEFAULTS);
  }
}
