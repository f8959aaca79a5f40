package dev.farhand.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A page in Debian's Chromium that counts as one of Farhand's server. It is isolated from other
 * origins, because a browser then gives it a clock of 5 us instead of 100.
 */
final class BenchPage implements AutoCloseable {
  private static final Map<String, String> HEADERS =
      Map.of(
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Embedder-Policy", "require-corp");
  private static final String PAGE =
      """
      <!doctype html>
      <title>Bench</title>
      <video autoplay muted playsinline width="640" height="480"></video>
      <script type="module">
        import * as connect from "/bench/connect.js";
        globalThis.connect = connect;
      </script>
      """;

  private final Playwright playwright;
  private final Page page;

  BenchPage(String server) {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of("/usr/bin/chromium"))
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            // The page has no server's address, so it would not be local.
                            "--disable-features=LocalNetworkAccessChecks")));
    page = browser.newPage();
    page.route(server + "/bench", route -> answer(route, "text/html", PAGE));
    page.route(server + "/bench/connect.js", route -> answer(route, "text/javascript", script()));
    page.navigate(server + "/bench");
    page.waitForFunction("globalThis.connect && crossOriginIsolated");
  }

  private static void answer(Route route, String type, String body) {
    route.fulfill(
        new Route.FulfillOptions().setContentType(type).setHeaders(HEADERS).setBody(body));
  }

  private static String script() {
    try (InputStream in = BenchPage.class.getResourceAsStream("connect.js")) {
      if (in == null) {
        throw new IllegalStateException("connect.js is missing from this build.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One fresh connection to it. */
  Connection connect(Contender contender, int echoes) {
    String call = "connect.measure(() => connect." + contender.opening() + ", " + echoes + ")";
    String result = (String) page.evaluate(call + ".then(JSON.stringify)");
    try {
      return Connection.of(new ObjectMapper().readTree(result));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Drives it for so long while its video plays.
   *
   * @return the size of the pictures and how many came, for people
   */
  String drive(Contender contender, Duration time) {
    String call =
        "connect.drive(() => connect." + contender.opening() + ", " + time.toMillis() + ")";
    return (String)
        page.evaluate(call + ".then(({size, pictures}) => `${size}, ${pictures} pictures`)");
  }

  @Override
  public void close() {
    playwright.close();
  }
}
