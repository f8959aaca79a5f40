package dev.farhand.tutorial;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.farhand.agent.webrtc.RtcConnection;
import dev.farhand.protocol.SignalMessage.Description;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;

/** Step 3: a page and this program send each other JSON. */
public final class JsonBackAndForth {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MAX_OFFER_BYTES = 65_536;
  private static final String NOT_TAKEN = "This offer was not taken: ";
  private static final String NO_OFFER =
      "Post an offer, as JSON: {\"type\": \"offer\", \"sdp\": \"…\"}.";

  /** One connection, for one page. Step 4 has one for each. */
  private final RtcConnection connection = RtcConnection.create();

  private JsonBackAndForth() {}

  public static void main(String[] arguments) throws IOException {
    new JsonBackAndForth().run(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8080);
  }

  private void run(int port) throws IOException {
    connection.subscribe(this::onMessage);
    connection.onClose(
        () -> System.out.println("The connection has ended. Start me again for the next page."));

    HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
    Runtime.getRuntime().addShutdownHook(new Thread(connection::close));
    printAddresses(server.getAddress().getPort());
  }

  private void onMessage(JsonNode message) {
    System.out.println("Got message: " + message.path("data").asText());
    connection.send(Map.of("data", "pong"));
  }

  private void answer(HttpExchange request) throws IOException {
    switch (request.getRequestMethod() + " " + request.getRequestURI().getPath()) {
      case "GET /" -> send(request, 200, "text/html", file("JsonBackAndForth.html"));
      case "GET /rtcbot.js" -> send(request, 200, "text/javascript", file("/web/rtcbot.js"));
      case "POST /connect" -> connect(request);
      default -> refuse(request, 404, "There is nothing here. The page is at /.");
    }
  }

  /** The page posts its offer; our answer completes the connection. */
  private void connect(HttpExchange request) throws IOException {
    byte[] body = request.getRequestBody().readNBytes(MAX_OFFER_BYTES + 1);
    if (body.length > MAX_OFFER_BYTES) {
      // Who is still sending does not read our answer.
      request.getRequestBody().transferTo(OutputStream.nullOutputStream());
      refuse(request, 400, "An offer is at most 64 KiB long.");
      return;
    }
    try {
      Description offer = JSON.readValue(body, Description.class);
      if (offer == null) {
        refuse(request, 400, NO_OFFER);
        return;
      }
      Description answer = connection.localDescription(offer).join();
      send(request, 200, "application/json", JSON.writeValueAsBytes(answer));
    } catch (JacksonException e) {
      refuse(request, 400, NO_OFFER);
    } catch (CompletionException e) {
      refuse(request, 400, NOT_TAKEN + Objects.requireNonNullElse(e.getCause(), e).getMessage());
    }
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
    try (InputStream file = JsonBackAndForth.class.getResourceAsStream(name)) {
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
