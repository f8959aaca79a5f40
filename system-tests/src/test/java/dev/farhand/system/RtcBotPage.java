package dev.farhand.system;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One of the test's own pages that connect as RTCBot's do, in somebody's Chromium. */
final class RtcBotPage implements AutoCloseable {
  private final BrowserContext context;
  private final Page page;
  private final List<String> console = new CopyOnWriteArrayList<>();

  RtcBotPage(BrowserContext context, String url) {
    this.context = context;
    this.page = context.newPage();
    page.onConsoleMessage(message -> console.add(message.text()));
    page.onPageError(error -> console.add("Error: " + error));
    page.navigate(url);
  }

  Page page() {
    return page;
  }

  RtcBotPage awaitReady() {
    awaitConsole("Ready!");
    return this;
  }

  void awaitConsole(String part) {
    Await.until(
        "'" + part + "' in the page's console",
        Duration.ofSeconds(20),
        () -> said(part),
        () -> "it has " + console);
  }

  private boolean said(String part) {
    page.evaluate("1"); // Playwright hears of the console only while it is asked something
    return console.stream().anyMatch(line -> line.contains(part));
  }

  /** Sends a string and a ping. */
  void click() {
    page.click("#mybutton");
  }

  /** Waits for a message that is this, as JSON. */
  void awaitReceived(String json) {
    Await.until(
        json + " received",
        Duration.ofSeconds(20),
        () -> received().contains(json),
        () -> "received were " + received() + ", the console has " + console);
  }

  private List<?> received() {
    return (List<?>) page.evaluate("received.map((message) => JSON.stringify(message))");
  }

  /** Waits until so many pictures were shown. */
  void awaitPictures(int count) {
    Await.until(
        count + " pictures",
        Duration.ofSeconds(20),
        () -> pictures() >= count,
        () -> "the console has " + console);
  }

  private long pictures() {
    return ((Number)
            page.evaluate(
                "document.querySelector('video').getVideoPlaybackQuality().totalVideoFrames"))
        .longValue();
  }

  /** What is on the left and on the right of the video. */
  List<?> colours() {
    return (List<?>) page.evaluate("colours(document.querySelector('video'))");
  }

  /** Ends the connection; a page that is closed just falls silent. */
  void hangUp() {
    page.evaluate("(globalThis.conn ?? globalThis.peer).close()");
  }

  @Override
  public void close() {
    context.close();
  }
}
