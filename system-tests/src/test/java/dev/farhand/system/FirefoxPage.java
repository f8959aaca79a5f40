package dev.farhand.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** One page in {@link Firefox}. */
final class FirefoxPage {
  private final BiDi bidi;
  private final String context;
  private final List<String> console = new CopyOnWriteArrayList<>();

  FirefoxPage(BiDi bidi, String context) {
    this.bidi = bidi;
    this.context = context;
  }

  void navigate(String url) {
    bidi.command(
        "browsingContext.navigate", Map.of("context", context, "url", url, "wait", "complete"));
  }

  /** The value of an expression, or what its promise resolves to, as JSON has it. */
  JsonNode evaluate(String expression) {
    JsonNode answer =
        bidi.command(
            "script.evaluate",
            Map.of(
                "expression",
                "(async () => JSON.stringify((await (" + expression + ")) ?? null))()",
                "target",
                Map.of("context", context),
                "awaitPromise",
                true,
                "userActivation",
                true));
    if (!answer.path("type").asText().equals("success")) {
      throw new AssertionError(expression + ": " + answer.path("exceptionDetails").path("text"));
    }
    return BiDi.parse(answer.path("result").path("value").asText());
  }

  /** Waits until an expression is true. */
  void await(String what, String expression) {
    Await.until(
        what,
        Duration.ofSeconds(20),
        () -> evaluate(expression).asBoolean(),
        () -> "the page's console has " + console);
  }

  /** Clicks the middle of the first element that this CSS selector finds. */
  void click(String selector) {
    evaluate("document.querySelector('%s').scrollIntoView({block: 'center'})".formatted(selector));
    String element =
        bidi.command(
                "browsingContext.locateNodes",
                Map.of("context", context, "locator", Map.of("type", "css", "value", selector)))
            .path("nodes")
            .path(0)
            .path("sharedId")
            .asText();
    Map<?, ?> origin = Map.of("type", "element", "element", Map.of("sharedId", element));
    perform(
        "pointer",
        Map.of("type", "pointerMove", "x", 0, "y", 0, "origin", origin),
        Map.of("type", "pointerDown", "button", 0),
        Map.of("type", "pointerUp", "button", 0));
  }

  void keyDown(String key) {
    perform("key", Map.of("type", "keyDown", "value", key));
  }

  void keyUp(String key) {
    perform("key", Map.of("type", "keyUp", "value", key));
  }

  /** Types into whatever has the focus. */
  void type(String text) {
    text.chars()
        .mapToObj(Character::toString)
        .forEach(
            key ->
                perform(
                    "key",
                    Map.of("type", "keyDown", "value", key),
                    Map.of("type", "keyUp", "value", key)));
  }

  private void perform(String device, Map<?, ?>... actions) {
    bidi.command(
        "input.performActions",
        Map.of(
            "context",
            context,
            "actions",
            List.of(Map.of("type", device, "id", device, "actions", List.of(actions)))));
  }

  /** What the page has written to its console so far, and the errors in its scripts. */
  List<String> console() {
    return List.copyOf(console);
  }

  void awaitConsole(String part) {
    Await.until(
        "'" + part + "' in the page's console",
        Duration.ofSeconds(20),
        () -> console.stream().anyMatch(line -> line.contains(part)),
        () -> "it has " + console);
  }

  /** Where a person can look at it: {@code target/screenshots}. */
  void screenshot(String name) {
    JsonNode picture =
        bidi.command("browsingContext.captureScreenshot", Map.of("context", context));
    Path file = Path.of("target/screenshots", name + ".png");
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, Base64.getDecoder().decode(picture.path("data").asText()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** On the socket's thread. */
  void logged(JsonNode entry) {
    JsonNode arguments = entry.path("args");
    console.add(
        arguments.isEmpty()
            ? entry.path("text").asText()
            : StreamSupport.stream(arguments.spliterator(), false)
                .map(FirefoxPage::words)
                .collect(Collectors.joining(" ")));
  }

  /** A value of the page's, as BiDi describes it, much as its console shows it. */
  private static String words(JsonNode remote) {
    JsonNode value = remote.path("value");
    return switch (remote.path("type").asText()) {
      case "object" ->
          StreamSupport.stream(value.spliterator(), false)
              .map(entry -> entry.get(0).asText() + ": " + words(entry.get(1)))
              .collect(Collectors.joining(", ", "{", "}"));
      case "array" ->
          StreamSupport.stream(value.spliterator(), false)
              .map(FirefoxPage::words)
              .collect(Collectors.joining(", ", "[", "]"));
      default -> value.isMissingNode() ? remote.path("type").asText() : value.asText();
    };
  }
}
