package dev.farhand.signaling;

import dev.farhand.protocol.Code;
import dev.farhand.signaling.access.Doorkeeper;
import dev.farhand.signaling.access.Origins;
import dev.farhand.signaling.access.Tokens;
import dev.farhand.signaling.http.Guards;
import dev.farhand.signaling.http.RtcBotPages;
import dev.farhand.signaling.http.Site;
import dev.farhand.signaling.socket.Connection;
import dev.farhand.signaling.socket.Service;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.SocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One event loop of the server, with its share of the connections. */
final class Front extends VerticleBase {
  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final int IDLE_SECONDS = 60;

  private final House house;
  private final Set<Connection> connections = new HashSet<>();
  private final Promise<Void> drained = Promise.promise();
  private @Nullable RtcBotPages rtcBot;

  Front(House house) {
    this.house = house;
  }

  @Override
  public Future<?> start() {
    Settings settings = house.settings();
    Doorkeeper doorkeeper =
        new Doorkeeper(
            settings.open(),
            new Tokens(vertx, house.keys(), house.clock()),
            house.denyList(),
            house.clock());
    Service service =
        new Service(
            vertx,
            house.board(),
            doorkeeper,
            settings.iceServers(),
            settings.limits(),
            settings.timings(),
            house.clock(),
            System::nanoTime);
    Origins origins =
        new Origins(settings.open(), settings.publicOrigin(), settings.allowedOrigins());
    RtcBotPages pages =
        new RtcBotPages(
            service,
            (request, robotId, grant) ->
                upgrade(
                    request,
                    (socket, onGone) -> Connection.ofRtcBot(service, socket, onGone),
                    connection -> connection.serve(robotId, grant)));
    rtcBot = pages;
    Site site =
        new Site(
            vertx,
            house.files(),
            new Guards(settings.open(), origins),
            doorkeeper,
            house.board(),
            () -> !house.draining().get(),
            request ->
                upgrade(
                    request,
                    (socket, onGone) -> new Connection(service, socket, onGone),
                    connection -> {}),
            pages);
    vertx.setPeriodic(
        settings.timings().recheck().toMillis(),
        tick -> List.copyOf(connections).forEach(Connection::recheck));
    HttpServer server = vertx.createHttpServer(options(settings));
    server.connectionHandler(this::admit);
    server.requestHandler(site);
    // One random port for all loops is asked for by a negative number.
    return server
        .listen(settings.port() == 0 ? -1 : settings.port(), settings.host())
        .onSuccess(bound -> house.port().set(bound.actualPort()));
  }

  /** Sends everyone away with the word to come back, and gives them a moment to take it. */
  @Override
  public Future<?> stop() {
    List.copyOf(connections).forEach(Connection::restart);
    if (rtcBot != null) {
      rtcBot.close();
    }
    if (connections.isEmpty()) {
      drained.tryComplete();
    }
    return drained.future();
  }

  private void admit(HttpConnection connection) {
    String neighbour = neighbour(connection.remoteAddress());
    connection.closeHandler(gone -> house.turnstile().leave(neighbour));
    if (!house.turnstile().enter(neighbour)) {
      connection.close();
    }
  }

  /**
   * Accepts a WebSocket.
   *
   * @param connect makes it a connection, given who hears of its end
   * @param begin begins it, if it may stay
   */
  private void upgrade(
      HttpServerRequest request,
      BiFunction<ServerWebSocket, Consumer<Connection>, Connection> connect,
      Consumer<Connection> begin) {
    String address = AddressBook.key(address(request));
    String neighbour = neighbour(request.remoteAddress());
    request
        .toWebSocket()
        .onSuccess(
            socket -> {
              boolean welcome = house.addresses().enter(address);
              Connection connection =
                  connect.apply(
                      socket,
                      gone -> {
                        leave(gone, address);
                        // Once upgraded, the HTTP connection that was counted hears no more of
                        // its end.
                        house.turnstile().leave(neighbour);
                      });
              connections.add(connection);
              if (house.draining().get()) {
                connection.restart();
              } else if (!welcome) {
                connection.refuse(Code.TOO_MANY_CONNECTIONS);
              } else {
                begin.accept(connection);
              }
            });
  }

  private void leave(Connection gone, String address) {
    connections.remove(gone);
    house.addresses().leave(address);
    if (connections.isEmpty() && house.draining().get()) {
      drained.tryComplete();
    }
  }

  /** Who is at the other end of the wire: the sender, or a proxy. */
  private static String neighbour(SocketAddress address) {
    return AddressBook.key(address.hostAddress());
  }

  private String address(HttpServerRequest request) {
    String forwarded = house.settings().trustProxy() ? request.getHeader(FORWARDED_FOR) : null;
    return forwarded == null
        ? request.remoteAddress().hostAddress()
        // What stands before the last was written by the sender.
        : forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
  }

  private static HttpServerOptions options(Settings settings) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setUseAlpn(false)
            .setHttp2ClearTextEnabled(false)
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false)
            .setMaxWebSocketFrameSize(settings.limits().messageBytes())
            .setMaxWebSocketMessageSize(settings.limits().messageBytes())
            .setMaxHeaderSize(16 * 1024)
            .setHandle100ContinueAutomatically(true)
            // Sockets are pinged more often than this; what else keeps quiet is cut off.
            .setIdleTimeout(IDLE_SECONDS);
    Settings.Tls tls = settings.tls();
    if (tls != null) {
      options
          .setSsl(true)
          .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
          .setKeyCertOptions(certificate(tls));
    }
    return options;
  }

  static PemKeyCertOptions certificate(Settings.Tls tls) {
    return new PemKeyCertOptions()
        .setCertPath(tls.certificate().toString())
        .setKeyPath(tls.key().toString());
  }
}
