package dev.farhand.system;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Debian's Chromium, without a window. Each context is a browser of its own to the pages in it. */
final class Chromium implements AutoCloseable {
  private final Playwright playwright;
  private final Browser browser;
  private final ProcessHandle process;

  Chromium() {
    Set<ProcessHandle> others = browsers().collect(Collectors.toSet());
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
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
                            "--disable-sync")));
    process = browsers().filter(one -> !others.contains(one)).findFirst().orElseThrow();
  }

  Browser browser() {
    return browser;
  }

  /** Somebody's browser on a desktop. */
  BrowserContext desktop() {
    return browser.newContext(
        new Browser.NewContextOptions().setViewportSize(1280, 800).setIgnoreHTTPSErrors(true));
  }

  /** Somebody's phone. */
  BrowserContext phone() {
    return browser.newContext(
        new Browser.NewContextOptions()
            .setViewportSize(390, 844)
            .setDeviceScaleFactor(2)
            .setHasTouch(true)
            .setIsMobile(true)
            .setIgnoreHTTPSErrors(true));
  }

  /** Sends all of its processes a signal, such as {@code STOP}. */
  void signal(String signal) {
    List<ProcessHandle> all = Stream.concat(Stream.of(process), process.descendants()).toList();
    all.forEach(one -> Program.signal(one, signal));
  }

  /** The first process of each browser that this program has started. */
  private static Stream<ProcessHandle> browsers() {
    return ProcessHandle.current().descendants().filter(Chromium::isFirst);
  }

  private static boolean isFirst(ProcessHandle one) {
    String line = Program.commandLine(one);
    return line.contains("chromium")
        && line.contains("--user-data-dir")
        && !line.contains("--type=");
  }

  @Override
  public void close() {
    playwright.close();
  }
}
