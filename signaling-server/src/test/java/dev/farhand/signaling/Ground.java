package dev.farhand.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.protocol.SignalMessage.Role;
import dev.farhand.signaling.access.Grant;
import dev.farhand.signaling.access.SecretKeys;
import dev.farhand.signaling.access.Tokens;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server on a port and in a directory of its own, and peers to it; all gone at the end. */
final class Ground implements AfterEachCallback {
  private final Vertx vertx = Vertx.vertx();

  /** Kept here, for a client that nobody refers to closes its sockets. */
  private final WebSocketClient client =
      vertx.createWebSocketClient(
          new WebSocketClientOptions()
              .setTrustAll(true)
              .setVerifyHost(false)
              .setMaxConnections(1000));

  private final Path directory;
  private final List<SignalingServer> servers = new ArrayList<>();

  Ground() {
    try {
      directory = Files.createTempDirectory("farhand-server");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Vertx vertx() {
    return vertx;
  }

  Path directory() {
    return directory;
  }

  Path secretFile() {
    return directory.resolve("secret");
  }

  /** Settings of a server that asks for no tokens. */
  Settings open() {
    return Settings.open(secretFile());
  }

  /** Settings of a server that asks for tokens. */
  Settings closed() {
    return new SettingsBuilder(open()).open(false).build();
  }

  SignalingServer start(Settings settings) {
    return started(SignalingServer.start(settings));
  }

  SignalingServer start(Settings settings, Clock clock) {
    return started(SignalingServer.start(settings, clock));
  }

  private SignalingServer started(Future<SignalingServer> future) {
    try {
      SignalingServer server = future.await(20, TimeUnit.SECONDS);
      servers.add(server);
      return server;
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  Peer peer(SignalingServer server) {
    return peer(server.port());
  }

  Peer peer(int port) {
    return Peer.connect(
        client, new WebSocketConnectOptions().setPort(port).setAllowOriginHeader(false));
  }

  Peer peer(SignalingServer server, WebSocketConnectOptions options) {
    return Peer.connect(client, options.setPort(server.port()));
  }

  /** A socket of an RTCBot robot. */
  RtcBot rtcBot(SignalingServer server, String robotIdAndQuery) {
    return rtcBot(
        server, new WebSocketConnectOptions().setAllowOriginHeader(false), robotIdAndQuery);
  }

  RtcBot rtcBot(SignalingServer server, WebSocketConnectOptions options, String robotIdAndQuery) {
    return RtcBot.connect(client, options.setPort(server.port()), robotIdAndQuery).join();
  }

  /** Tries again, each time over the network, until it is so. */
  static void eventually(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("what should have become so").isLessThan(end);
    }
  }

  String token(Role role, String robotId) {
    return token(role, robotId, null, null);
  }

  String token(Role role, String robotId, @Nullable String id, @Nullable Instant expires) {
    return new Tokens(vertx, SecretKeys.readOrMake(secretFile()).keys(), Clock.systemUTC())
        .mint(new Grant(role, Set.of(robotId), "ann", id, expires));
  }

  @Override
  public void afterEach(ExtensionContext test) throws Exception {
    for (SignalingServer server : servers) {
      server.close().await(10, TimeUnit.SECONDS);
    }
    vertx.close().await(10, TimeUnit.SECONDS);
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
