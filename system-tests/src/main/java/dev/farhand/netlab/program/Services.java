package dev.farhand.netlab.program;

import dev.farhand.netlab.net.Internet;
import dev.farhand.netlab.net.Namespace;
import dev.farhand.netlab.net.NatCheck;
import dev.farhand.netlab.net.Uplink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** What stands on the internet: the signaling server, and coturn for STUN and TURN. One thread. */
public final class Services implements AutoCloseable {
  private static final String SERVER = "198.51.100.10";
  private static final String TURN = "198.51.100.20";
  private static final int PORT = 8080;
  private static final Pattern RELAYS = Pattern.compile("Total General servers");

  private final Folders folders;
  private final Namespace serverHost;
  private final Namespace turnHost;
  private final SignalingServer server;
  private final Program turn;

  private Services(
      Folders folders,
      Namespace serverHost,
      Namespace turnHost,
      SignalingServer server,
      Program turn) {
    this.folders = folders;
    this.serverHost = serverHost;
    this.turnHost = turnHost;
    this.server = server;
    this.turn = turn;
  }

  public static Services start(Folders folders, Internet internet) {
    Namespace serverHost = internet.host("server", SERVER);
    Namespace turnHost = internet.host("turn", TURN);
    String shared = UUID.randomUUID().toString();
    Path secret = write(folders.work("turn.secret"), shared + "\n");
    Program turn = turn(folders, turnHost, shared);
    turn.await(RELAYS);
    SignalingServer server =
        SignalingServer.start(
            folders,
            serverHost,
            SERVER,
            PORT,
            List.of(
                "--stun",
                "stun:" + TURN + ":3478",
                "--turn",
                "turn:%1$s:3478?transport=udp,turn:%1$s:3478?transport=tcp".formatted(TURN),
                "--turn-secret-file",
                secret.toString()));
    return new Services(folders, serverHost, turnHost, server, turn);
  }

  public SignalingServer server() {
    return server;
  }

  /** What UDP meets on its way through this uplink. */
  public NatCheck check(Uplink uplink) {
    return NatCheck.of(folders.scripts(), uplink, serverHost, SERVER, turnHost, TURN);
  }

  private static Program turn(Folders folders, Namespace host, String secret) {
    // As it is shipped, and what docs/install.md asks to append. No certificate: no TLS.
    String appended =
        """

        realm=netlab
        static-auth-secret=%s
        listening-ip=%s
        no-tls
        pidfile=%s
        userdb=%s
        """
            .formatted(secret, TURN, folders.work("turn.pid"), folders.work("turn.db"));
    Path settings = folders.work("turnserver.conf");
    write(settings, read(folders.turnSettings()) + appended);
    return Program.start(
        host, folders.work("turn.log"), Map.of(), List.of("turnserver", "-c", settings.toString()));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
    turn.close();
  }
}
