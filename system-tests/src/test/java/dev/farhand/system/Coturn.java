package dev.farhand.system;

import dev.farhand.system.turn.Ask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Debian's coturn with {@code deploy/coturn/turnserver.conf}, put in as docs/install.md says and
 * started as Debian's unit starts it: as the user turnserver.
 */
final class Coturn implements AutoCloseable {
  static final Path SHIPPED = Path.of("../deploy/coturn/turnserver.conf");
  static final String SECRET = "8c5c1d0f6c1c4b6d9f7d8a3e2b1f0a9c";

  /** The user turnserver must be able to go there, which the build's folder may not allow. */
  private final Path folder;

  private final Program server;

  Coturn(String namespace, Path log) {
    try {
      folder =
          Files.createTempDirectory(
              "farhand-coturn",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
      certify();
      String settings =
          Files.readString(SHIPPED)
              + String.join(
                  "\n",
                  "realm=robots.example.org",
                  "static-auth-secret=" + SECRET,
                  "listening-ip=" + TurnNetwork.SERVER_IPV4,
                  "listening-ip=" + TurnNetwork.SERVER_IPV6,
                  "cert=" + certificate(),
                  "pkey=" + folder.resolve("key.pem"),
                  "");
      install(settings, folder.resolve("turnserver.conf"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server =
        Program.start(
            log,
            TurnNetwork.inside(
                namespace,
                List.of(
                    "setpriv",
                    "--reuid=turnserver",
                    "--regid=turnserver",
                    "--init-groups",
                    "turnserver",
                    "-c",
                    folder.resolve("turnserver.conf").toString(),
                    "--pidfile=")),
            Map.of());
    server.awaitLine("Keep UID");
  }

  String output() {
    return server.output();
  }

  boolean alive() {
    return server.alive();
  }

  /** The user and group that it runs as, by their numbers: real, effective, saved, file system. */
  List<String> identities() {
    try (Stream<String> status = Files.lines(Path.of("/proc/" + server.pid() + "/status"))) {
      return status
          .filter(line -> line.startsWith("Uid:") || line.startsWith("Gid:"))
          .flatMap(line -> Stream.of(line.split("\t")).skip(1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path certificate() {
    return folder.resolve("cert.pem");
  }

  /** As the hook that certbot runs after a renewal does it. */
  void renewCertificate() {
    certify();
    Program.signal(ProcessHandle.of(server.pid()).orElseThrow(), "USR2");
  }

  /** A client with a credential as the signaling server makes them. */
  static Ask.Allocate fresh(String client, Ask.Transport transport, Ask.Family family) {
    return until(Instant.now().plus(Duration.ofHours(1)), client, transport, family);
  }

  static Ask.Allocate until(
      Instant expiry, String client, Ask.Transport transport, Ask.Family family) {
    String user = expiry.getEpochSecond() + ":" + client;
    return new Ask.Allocate(
        client,
        transport,
        TurnNetwork.SERVER_IPV4,
        transport == Ask.Transport.TLS ? 5349 : 3478,
        null,
        family,
        user,
        password(user));
  }

  private static String password(String user) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(user.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void certify() {
    Path key = folder.resolve("new-key.pem");
    Path certificate = folder.resolve("new-cert.pem");
    run(
        ("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
                + " -subj /CN=robots.example.org -addext subjectAltName=IP:"
                + TurnNetwork.SERVER_IPV4)
            .split(" "),
        "-keyout",
        key.toString(),
        "-out",
        certificate.toString());
    try {
      install(Files.readString(key), folder.resolve("key.pem"));
      install(Files.readString(certificate), certificate());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void install(String content, Path file) throws IOException {
    Path source = folder.resolve("source");
    Files.writeString(source, content);
    run("install -o root -g turnserver -m 640".split(" "), source.toString(), file.toString());
    Files.delete(source);
  }

  private void run(String[] command, String... more) {
    List<String> whole = Stream.concat(Stream.of(command), Stream.of(more)).toList();
    try (Program program = Program.start(folder.resolve("command.log"), whole, Map.of())) {
      if (program.exitStatus(Duration.ofSeconds(20)) != 0) {
        throw new AssertionError(whole + ": " + program.output());
      }
    }
  }

  @Override
  public void close() {
    server.close();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
