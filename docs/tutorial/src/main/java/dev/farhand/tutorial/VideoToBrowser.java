package dev.farhand.tutorial;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.farhand.agent.webrtc.Image;
import dev.farhand.agent.webrtc.RtcConnection;
import dev.farhand.agent.webrtc.WebRtc;
import dev.farhand.protocol.SignalMessage.Description;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
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
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Step 5: every page sees what a camera of this program sees. */
public final class VideoToBrowser {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MAX_OFFER_BYTES = 65_536;
  private static final String NOT_TAKEN = "This offer was not taken: ";
  private static final String NO_OFFER =
      "Post an offer, as JSON: {\"type\": \"offer\", \"sdp\": \"…\"}.";
  private static final int MAX_CONNECTIONS = 8;
  private static final int FRAMES_PER_SECOND = 30;

  private final WebRtc webRtc = WebRtc.start();
  private final Set<RtcConnection> connections = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService camera = Executors.newSingleThreadScheduledExecutor();

  private VideoToBrowser() {}

  public static void main(String[] arguments) throws IOException {
    new VideoToBrowser().run(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8080);
  }

  private void run(int port) throws IOException {
    ScheduledFuture<?> unused =
        camera.scheduleAtFixedRate(this::film, 0, 1000 / FRAMES_PER_SECOND, TimeUnit.MILLISECONDS);
    HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    printAddresses(server.getAddress().getPort());
  }

  private void answer(HttpExchange request) throws IOException {
    switch (request.getRequestMethod() + " " + request.getRequestURI().getPath()) {
      case "GET /" -> send(request, 200, "text/html", file("VideoToBrowser.html"));
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

  private Description welcome(Description offer) {
    RtcConnection connection = RtcConnection.create(webRtc, List.of());
    connection.video().addTrack();
    connections.add(connection);
    connection.onClose(() -> connections.remove(connection));
    try {
      return connection.localDescription(offer).join();
    } catch (CompletionException e) {
      connection.close();
      throw e;
    }
  }

  /** Each picture is painted once, whoever watches; nothing is painted when nobody does. */
  private void film() {
    if (!connections.isEmpty()) {
      long now = System.nanoTime();
      Image picture = Image.of(paint(now), now);
      connections.forEach(connection -> connection.video().send(picture));
    }
  }

  /** Your camera comes here. This one sees a ball that circles once in five seconds. */
  private static BufferedImage paint(long nanos) {
    BufferedImage picture = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
    Graphics2D brush = picture.createGraphics();
    brush.setColor(new Color(0x203040));
    brush.fillRect(0, 0, 640, 480);
    double angle = nanos / 5e9 * 2 * Math.PI;
    brush.setColor(Color.ORANGE);
    brush.fillOval(
        (int) (280 + 180 * Math.cos(angle)), (int) (200 + 180 * Math.sin(angle)), 80, 80);
    brush.dispose();
    return picture;
  }

  private void close() {
    camera.shutdown();
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
    try (InputStream file = VideoToBrowser.class.getResourceAsStream(name)) {
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
