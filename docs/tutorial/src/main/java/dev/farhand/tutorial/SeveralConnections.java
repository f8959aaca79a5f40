package dev.farhand.tutorial;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.farhand.agent.webrtc.RtcConnection;
import dev.farhand.agent.webrtc.WebRtc;
import dev.farhand.protocol.SignalMessage.Description;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Step 4: each page that comes gets a connection of its own. */
public final class SeveralConnections {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MAX_OFFER_BYTES = 65_536;
  private static final String NOT_TAKEN = "This offer was not taken: ";
  private static final String NO_OFFER =
      "Post an offer, as JSON: {\"type\": \"offer\", \"sdp\": \"…\"}.";
  private static final int MAX_CONNECTIONS = 8;

  private final WebRtc webRtc = WebRtc.start();
  private final Set<RtcConnection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger visitors = new AtomicInteger();

  private SeveralConnections() {}

  public static void main(String[] arguments) throws IOException {
    new SeveralConnections().run(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8080);
  }

  private void run(int port) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    printAddresses(server.getAddress().getPort());
  }

  private void answer(HttpExchange request) throws IOException {
    switch (request.getRequestMethod() + " " + request.getRequestURI().getPath()) {
      case "GET /" -> send(request, 200, "text/html", file("SeveralConnections.html"));
      case "GET /rtcbot.js" -> send(request, 200, "text/javascript", file("/web/rtcbot.js"));
      case "POST /connect" -> connect(request);
      default -> refuse(request, 404, "There is nothing here. The page is at /.");
    }
  }

  private void connect(HttpExchange request) throws IOException {
    byte[] body = request.getRequestBody().readNBytes(MAX_OFFER_BYTES + 1);
    if (body.length > MAX_OFFER_BYTES) {
      // Who is still sending does not read our answer.
      request.getRequestBody().transferTo(OutputStream.nullOutputStream());
      refuse(request, 400, "An offer is at most 64 KiB long.");
      return;
    }
    if (connections.size() >= MAX_CONNECTIONS) {
      refuse(request, 503, "As many as can be are here. Come back later.");
      return;
    }
    try {
      Description offer = JSON.readValue(body, Description.class);
      if (offer == null) {
        refuse(request, 400, NO_OFFER);
        return;
      }
      Description answer = welcome(offer);
      send(request, 200, "application/json", JSON.writeValueAsBytes(answer));
    } catch (JacksonException e) {
      refuse(request, 400, NO_OFFER);
    } catch (CompletionException e) {
      refuse(request, 400, NOT_TAKEN + Objects.requireNonNullElse(e.getCause(), e).getMessage());
    }
  }

  /** A connection for whoever made this offer; it lives until either side ends it. */
  private Description welcome(Description offer) {
    int visitor = visitors.incrementAndGet();
    AtomicInteger presses = new AtomicInteger();
    RtcConnection connection = RtcConnection.create(webRtc, List.of());
    connections.add(connection);
    connection.onReady(() -> System.out.printf("Visitor %d has come%n", visitor));
    connection.onClose(
        () -> {
          connections.remove(connection);
          System.out.printf("Visitor %d has gone%n", visitor);
        });
    connection.subscribe(
        message ->
            connection.send(Map.of("visitor", visitor, "presses", presses.incrementAndGet())));
    try {
      return connection.localDescription(offer).join();
    } catch (CompletionException e) {
      connection.close();
      throw e;
    }
  }

  private void close() {
    connections.forEach(RtcConnection::close);
    webRtc.close();
  }

  private static void refuse(HttpExchange request, int status, String reason) throws IOException {
    send(request, status, "application/json", JSON.writeValueAsBytes(Map.of("reason", reason)));
  }

  private static void send(HttpExchange request, int status, String type, byte[] body)
      throws IOException {
    request.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    request.sendResponseHeaders(status, body.length);
    request.getResponseBody().write(body);
    request.close();
  }

  private static byte[] file(String name) throws IOException {
    try (InputStream file = SeveralConnections.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(file, name).readAllBytes();
    }
  }

  private static void printAddresses(int port) throws SocketException {
    System.out.println("Open http://localhost:" + port);
    NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .forEach(
            address -> System.out.println("  or http://" + address.getHostAddress() + ":" + port));
  }
}
