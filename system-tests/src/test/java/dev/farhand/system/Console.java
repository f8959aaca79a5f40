package dev.farhand.system;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The console at {@code /r/ROBOT} in somebody's browser, as its tests see it. */
final class Console implements AutoCloseable {
  private final BrowserContext context;
  private final Page page;

  Console(BrowserContext context, String url) {
    this.context = context;
    this.page = context.newPage();
    page.addInitScript(
        """
        window.peers = [];
        window.RTCPeerConnection = class extends RTCPeerConnection {
          constructor(...args) { super(...args); window.peers.push(this); }
        };
        """);
    page.navigate(url);
  }

  Page page() {
    return page;
  }

  Locator part(String name) {
    return page.getByTestId(name);
  }

  Console awaitConnection(String state) {
    return awaitConnection(state, Duration.ofSeconds(20));
  }

  Console awaitConnection(String state, Duration within) {
    Await.until(
        "data-connection=" + state + " (is " + connection() + ")",
        within,
        () -> state.equals(connection()));
    return this;
  }

  String connection() {
    return String.valueOf(page.evaluate("document.documentElement.dataset.connection"));
  }

  /** A number shown under this name. */
  double number(String part) {
    String text = part(part).textContent().replace('−', '-').replaceAll("[^0-9.eE+-]", "");
    return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
  }

  double speed() {
    return Math.abs(number("speed"));
  }

  /** Where the robot is. */
  String place() {
    return part("pose-x").textContent() + ", " + part("pose-y").textContent();
  }

  /** Holds a key as {@link #press} does, until the rover moves; it is down then. */
  void drive(String key) {
    hold(key, Duration.ofSeconds(20), this::moves);
  }

  boolean moves() {
    return speed() > 0.05;
  }

  /** Holds a key as {@link #press} does, until something has come to pass. */
  void hold(String key, Duration within, BooleanSupplier done) {
    Await.until(
        "what holding a key should do",
        within,
        () -> {
          press(key);
          return done.getAsBoolean();
        },
        this::says);
  }

  private String says() {
    return "the page says '%s', '%s', %s m/s; its log: %s"
        .formatted(
            part("driver").textContent(),
            part("reason").textContent(),
            part("speed").textContent(),
            part("log").textContent());
  }

  /**
   * Has a key down, and does what the page asks for: lets go if the key was down before the robot
   * could follow, presses anew if the page has let go by itself, as it does without pictures.
   */
  void press(String key) {
    String asked = part("reason").textContent();
    if (asked.contains("Let go of all keys")) {
      page.keyboard().up(key);
      return;
    }
    if (asked.contains("Hold a direction")) {
      page.keyboard().up(key);
    }
    page.keyboard().down(key);
  }

  void awaitStanding() {
    Await.until("the rover stands", Duration.ofSeconds(10), () -> speed() < 0.01);
  }

  void awaitText(String part, String text) {
    awaitText(part, text, Duration.ofSeconds(10));
  }

  void awaitText(String part, String text, Duration within) {
    Await.until(
        part + " says '" + text + "'", within, () -> part(part).textContent().contains(text));
  }

  /** How many pictures the video has shown. */
  long pictures() {
    return ((Number)
            page.evaluate(
                "document.querySelector('video').getVideoPlaybackQuality().totalVideoFrames"))
        .longValue();
  }

  void awaitMorePictures() {
    long now = pictures();
    Await.until("ten more pictures", Duration.ofSeconds(10), () -> pictures() >= now + 10);
  }

  /** How many peer connections the page has made so far. */
  int peers() {
    return ((Number) page.evaluate("window.peers.length")).intValue();
  }

  /** The ICE user name fragment of the newest connection; changes with each ICE restart. */
  String iceFragment() {
    return (String)
        page.evaluate(
            "window.peers.at(-1).currentLocalDescription.sdp.match(/a=ice-ufrag:(\\S+)/)[1]");
  }

  void say(String text) {
    part("message").fill(text);
    part("send").click();
  }

  /** Where a person can look at it: {@code target/screenshots}. */
  void screenshot(String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target/screenshots", name + ".png")));
  }

  @Override
  public void close() {
    context.close();
  }
}
