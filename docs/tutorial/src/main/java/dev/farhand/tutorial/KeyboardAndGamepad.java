package dev.farhand.tutorial;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
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
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Step 6: keys and a gamepad drive, for as long as the page repeats what is held. */
public final class KeyboardAndGamepad {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MAX_OFFER_BYTES = 65_536;
  private static final String NOT_TAKEN = "This offer was not taken: ";
  private static final String NO_OFFER =
      "Post an offer, as JSON: {\"type\": \"offer\", \"sdp\": \"…\"}.";
  private static final long PUSH_LASTS_NANOS = Duration.ofMillis(300).toNanos();

  /** A key that is held, or the stick: what it wants, and when it was last heard of. */
  private record Push(double linear, double angular, long heardNanos) {}

  private record Motion(double linear, double angular) {}

  private final WebRtc webRtc = WebRtc.start();

  /** The fields below are used on this one thread only. */
  private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();

  private final Map<String, Push> pushes = new HashMap<>();
  private Motion motion = new Motion(0, 0);
  private @Nullable RtcConnection driver;

  private KeyboardAndGamepad() {}

  public static void main(String[] arguments) throws IOException {
    new KeyboardAndGamepad().run(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8080);
  }

  private void run(int port) throws IOException {
    ScheduledFuture<?> unused = loop.scheduleAtFixedRate(this::move, 0, 50, TimeUnit.MILLISECONDS);
    HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> CompletableFuture.runAsync(this::close, loop).join()));
    printAddresses(server.getAddress().getPort());
  }

  private void close() {
    // Your motors stop here.
    if (driver != null) {
      driver.close();
    }
  }

  private Description welcome(Description offer) {
    RtcConnection connection = RtcConnection.create(webRtc, List.of());
    connection.onReady(() -> loop.execute(() -> seat(connection)));
    connection.onClose(() -> loop.execute(() -> goodbye(connection)));
    connection.subscribe(event -> loop.execute(() -> take(event, connection)));
    try {
      return connection.localDescription(offer).join();
    } catch (CompletionException e) {
      connection.close();
      throw e;
    }
  }

  /** Of two pages the newer drives. */
  private void seat(RtcConnection connection) {
    RtcConnection before = driver;
    driver = connection;
    pushes.clear();
    if (before != null) {
      // Not here: closing takes a while, and move() must go on.
      CompletableFuture<Void> unused = CompletableFuture.runAsync(before::close);
    }
  }

  private void goodbye(RtcConnection connection) {
    if (connection == driver) {
      pushes.clear();
      driver = null;
    }
  }

  private void take(JsonNode event, RtcConnection connection) {
    if (connection != driver) {
      return;
    }
    String key = event.path("key").asText().toLowerCase(Locale.ROOT);
    switch (event.path("type").asText()) {
      case "keydown" -> direction(key).ifPresent(push -> pushes.put(key, push));
      case "keyup" -> pushes.remove(key);
      case "stick" ->
          pushes.put("stick", push(event.path("y").asDouble(), event.path("x").asDouble()));
      default -> System.out.println("Got message: " + event);
    }
  }

  private static Optional<Push> direction(String key) {
    return switch (key) {
      case "w", "arrowup" -> Optional.of(push(1, 0));
      case "s", "arrowdown" -> Optional.of(push(-1, 0));
      case "a", "arrowleft" -> Optional.of(push(0, 1));
      case "d", "arrowright" -> Optional.of(push(0, -1));
      default -> Optional.empty();
    };
  }

  private static Push push(double linear, double angular) {
    return new Push(linear, angular, System.nanoTime());
  }

  /** Twenty times a second: what has not been repeated in time is over. */
  private void move() {
    long now = System.nanoTime();
    pushes.values().removeIf(push -> now - push.heardNanos() > PUSH_LASTS_NANOS);
    double linear = pushes.values().stream().mapToDouble(Push::linear).sum();
    double angular = pushes.values().stream().mapToDouble(Push::angular).sum();
    Motion wanted = new Motion(clamp(linear), clamp(angular));
    if (!wanted.equals(motion)) {
      motion = wanted;
      // Your motors come here.
      System.out.printf(
          Locale.ROOT, "Moving: %.1f forward, %.1f left%n", wanted.linear(), wanted.angular());
      tell(wanted);
    }
  }

  private void tell(Motion now) {
    try {
      if (driver != null) {
        driver.send(now);
      }
    } catch (IllegalStateException e) {
      // It has just ended; onClose follows. Thrown further, this would end the watch in move().
    }
  }

  private static double clamp(double value) {
    return Double.isFinite(value) ? Math.max(-1, Math.min(1, value)) + 0.0 : 0;
  }

  private void answer(HttpExchange request) throws IOException {
    switch (request.getRequestMethod() + " " + request.getRequestURI().getPath()) {
      case "GET /" -> send(request, 200, "text/html", file("KeyboardAndGamepad.html"));
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
    try (InputStream file = KeyboardAndGamepad.class.getResourceAsStream(name)) {
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
