package dev.farhand.netlab.program;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.farhand.netlab.net.Namespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Debian's Chromium in a namespace, with the console of one robot after another. One thread. */
public final class Browser implements AutoCloseable {
  private static final Duration SETTLING = Duration.ofSeconds(3);

  private static final String PEERS =
      """
      window.peers = [];
      window.RTCPeerConnection = class extends RTCPeerConnection {
        constructor(...args) { super(...args); window.peers.push(this); }
      };
      """;

  /** The kind of the pair that packets take, as the browser's statistics have it. */
  private static final String PATH =
      """
      async () => {
        const stats = await window.peers.at(-1).getStats();
        const transport = [...stats.values()].find(s => s.type === 'transport');
        const pair = stats.get(transport?.selectedCandidatePairId);
        const local = stats.get(pair?.localCandidateId);
        const remote = stats.get(pair?.remoteCandidateId);
        return local ? local.candidateType + ' to ' + remote.candidateType : '';
      }
      """;

  private final SignalingServer server;
  private final Playwright playwright;
  private final com.microsoft.playwright.Browser browser;

  private Browser(
      SignalingServer server, Playwright playwright, com.microsoft.playwright.Browser browser) {
    this.server = server;
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Starts it. It is driven over a pipe, which reaches into the namespace. */
  public static Browser start(Folders folders, SignalingServer server, Namespace where) {
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    try {
      return new Browser(
          server,
          playwright,
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(wrapper(folders, where))
                      .setArgs(
                          List.of(
                              "--no-sandbox",
                              "--disable-gpu",
                              "--disable-background-networking",
                              "--disable-component-update",
                              "--disable-sync"))));
    } catch (RuntimeException e) {
      playwright.close();
      throw e;
    }
  }

  private static Path wrapper(Folders folders, Namespace where) {
    try {
      Path script = folders.work("chromium-" + where.name());
      Files.writeString(
          script,
          "#!/bin/sh\nexec "
              + String.join(" ", where.command(List.of("/usr/bin/chromium")))
              + " \"$@\"\n");
      return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens a robot's console and keeps it open. */
  public Page open(String robot) {
    Page page = browser.newContext().newPage();
    page.navigate(consoleOf(robot));
    return page;
  }

  private String consoleOf(String robot) {
    return server.address() + "/r/" + robot + "#token=" + server.driverToken();
  }

  /** Opens a robot's console and looks how it went; the console is closed again. */
  public Joined join(String robot, Duration within) {
    try (BrowserContext context = browser.newContext()) {
      Page page = context.newPage();
      page.addInitScript(PEERS);
      page.navigate(consoleOf(robot));
      long began = System.nanoTime();
      Optional<Boolean> connected =
          Await.maybe(within, () -> isConnected(page) ? Optional.of(true) : Optional.empty());
      return connected.isEmpty() ? Joined.FAILED : joined(page, (System.nanoTime() - began) / 1e6);
    }
  }

  /** What connects first may be a relay; a better path takes its place when it has been found. */
  private static Joined joined(Page page, double millis) {
    Optional<Joined> direct =
        Await.maybe(SETTLING, () -> Optional.of(look(page, millis)).filter(Joined::direct));
    return direct.orElseGet(() -> look(page, millis));
  }

  private static boolean isConnected(Page page) {
    return "connected".equals(page.evaluate("document.documentElement.dataset.connection"));
  }

  private static Joined look(Page page, double millis) {
    String types = String.valueOf(page.evaluate(PATH));
    return new Joined(true, types.contains("relay") || types.isEmpty(), types, millis);
  }

  @Override
  public void close() {
    playwright.close();
  }
}
