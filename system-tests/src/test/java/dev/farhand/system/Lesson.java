package dev.farhand.system;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A step of the tutorial, started as a reader starts it: {@code ./farhand tutorial STEP}. */
final class Lesson implements AutoCloseable {
  private static final Path SCRIPT = Path.of("../farhand").toAbsolutePath().normalize();
  private static final String ADDRESS = " http://localhost:";

  private final Program program;

  private Lesson(Program program) {
    this.program = program;
  }

  /** A step that serves its own page, on a port that is free. */
  static Lesson serve(String step) {
    return start(step, "--port", "0");
  }

  static Lesson start(String... arguments) {
    List<String> command = new ArrayList<>(List.of(SCRIPT.toString(), "tutorial"));
    command.addAll(List.of(arguments));
    String name = String.join("-", arguments).replaceAll("[^0-9a-z]+", "-");
    return new Lesson(
        Program.start(
            Path.of("target/stands/tutorial", name + ".log").toAbsolutePath(),
            command,
            Map.of("FARHAND_BUILT", "yes")));
  }

  Program program() {
    return program;
  }

  /** Where it says that it is to be found. */
  String url() {
    return program.awaitLine(ADDRESS).replaceFirst(".*" + ADDRESS, "http://localhost:");
  }

  Tab open(BrowserContext context) {
    return new Tab(context, url());
  }

  HttpResponse<String> post(String path, byte[] body) {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(url() + path))
                  .timeout(Duration.ofSeconds(20))
                  .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    program.close();
  }

  /** The step's page in somebody's browser, with what its developer tools show. */
  static final class Tab implements AutoCloseable {
    private final BrowserContext context;
    private final Page page;
    private final List<String> console = new CopyOnWriteArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();

    Tab(BrowserContext context, String url) {
      this(context, url, made -> {});
    }

    /**
     * @param prepare what is done to the page before it goes to the address
     */
    Tab(BrowserContext context, String url, Consumer<Page> prepare) {
      this.context = context;
      this.page = context.newPage();
      page.onConsoleMessage(
          message -> {
            (message.type().equals("error") ? errors : console).add(message.text());
          });
      page.onPageError(errors::add);
      prepare.accept(page);
      page.navigate(url);
    }

    Page page() {
      return page;
    }

    List<String> console() {
      page.evaluate("0"); // what was said meanwhile comes with the answer
      return console;
    }

    List<String> errors() {
      page.evaluate("0");
      return errors;
    }

    String text(String selector) {
      return page.locator(selector).textContent();
    }

    Tab awaitText(String selector, String part) {
      Await.until(
          selector + " says '" + part + "'",
          Duration.ofSeconds(20),
          () -> {
            if (!errors().isEmpty()) {
              throw new AssertionError("The page has errors: " + errors);
            }
            return text(selector).contains(part);
          });
      return this;
    }

    void awaitConsole(String part) {
      Await.until(
          "the console says '" + part + "'",
          Duration.ofSeconds(20),
          () -> console().stream().anyMatch(line -> line.contains(part)));
    }

    void screenshot(String name) {
      page.screenshot(
          new Page.ScreenshotOptions().setPath(Path.of("target/screenshots", name + ".png")));
    }

    @Override
    public void close() {
      context.close();
    }
  }
}
