package dev.farhand.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection that speaks WebDriver BiDi (W3C), as much of it as Firefox's tests need. Commands
 * may be given by any thread; events come on the socket's.
 */
final class BiDi implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final BiConsumer<String, JsonNode> events;
  private final WebSocket socket;

  /**
   * Connects.
   *
   * @param events what happens with each event: its method and its parameters
   */
  BiDi(URI address, BiConsumer<String, JsonNode> events) {
    this.events = events;
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(address, new Incoming())
            .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
            .join();
  }

  /** Gives a command and waits for its result. */
  JsonNode command(String method, Map<String, ?> parameters) {
    int id = ids.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    String text =
        JSON.valueToTree(Map.of("id", id, "method", method, "params", parameters)).toString();
    return socket
        .sendText(text, true)
        .thenCompose(sent -> answer)
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .whenComplete((result, failure) -> waiting.remove(id))
        .join();
  }

  static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not JSON: " + text, e);
    }
  }

  private void receive(JsonNode message) {
    CompletableFuture<JsonNode> answer = waiting.get(message.path("id").asInt());
    switch (message.path("type").asText()) {
      case "event" -> events.accept(message.path("method").asText(), message.path("params"));
      case "success" -> {
        if (answer != null) {
          answer.complete(message.path("result"));
        }
      }
      default -> {
        if (answer != null) {
          answer.completeExceptionally(new AssertionError(message.path("message").asText()));
        }
      }
    }
  }

  private void lost(String reason) {
    waiting.values().forEach(answer -> answer.completeExceptionally(new AssertionError(reason)));
  }

  @Override
  public void close() {
    socket.abort();
  }

  private final class Incoming implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket webSocket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        JsonNode message = parse(text.toString());
        text.setLength(0);
        receive(message);
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
      lost("The browser closed its connection: " + reason);
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      lost("The connection to the browser failed: " + error);
    }
  }
}
