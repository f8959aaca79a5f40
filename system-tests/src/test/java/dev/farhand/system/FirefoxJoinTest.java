package dev.farhand.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a person does in the other browser. */
class FirefoxJoinTest {
  private static Stand stand;
  private static PageServer pages;
  private static Firefox firefox;
  private static Program rover;
  private static String server;

  @BeforeAll
  static void start() {
    stand = new Stand("firefox");
    pages = new PageServer();
    Program program =
        stand.server("run", "--open", "--port", "0", "--allow-origin", pages.origin());
    server = "http://localhost:" + Stand.port(program);
    rover = stand.rover("rover", Stand.port(program));
    firefox = Firefox.start();
  }

  @AfterAll
  static void stop() {
    firefox.close();
    stand.close();
    pages.close();
  }

  @Test
  void the_console_joins_shows_the_video_talks_and_drives() {
    FirefoxPage console = firefox.open(server + "/r/rover");
    console.await(
        "the page is connected", "document.documentElement.dataset.connection === 'connected'");
    awaitPictures(console);

    console.click("[data-testid=message]");
    console.type("Button Clicked!");
    console.click("[data-testid=send]");
    rover.awaitLine("Button Clicked!");
    console.click("[data-testid=message]");
    console.type("{\"data\":\"ping\"}");
    console.click("[data-testid=send]");
    console.await("the answer is in the log", text("log") + ".includes('pong')");

    console.click("#robot-name");
    Await.until(
        "the rover moves",
        Duration.ofSeconds(20),
        () -> {
          if (console.evaluate(text("reason") + ".includes('Let go of all keys')").asBoolean()) {
            console.keyUp("w");
          } else {
            console.keyDown("w");
          }
          return console.evaluate("Math.abs(parseFloat(" + text("speed") + ")) > 0.05").asBoolean();
        });
    console.screenshot("firefox-console-driving");
    console.keyUp("w");
    console.await("the rover stands", "Math.abs(parseFloat(" + text("speed") + ")) < 0.01");
  }

  @Test
  void a_page_with_rtcbot_js_talks_with_a_farhand_robot_and_sees_it() {
    FirefoxPage page =
        firefox.open(
            pages.page("rtcbot-page.html", server + "/rtcbot.js", server + "/rtcbot/rover"));
    page.awaitConsole("Ready!");
    page.click("#mybutton");
    page.awaitConsole("Received: {data: pong}");
    awaitPictures(page);
    assertThat(page.evaluate("document.querySelector('video').videoWidth").asInt()).isEqualTo(640);
  }

  private static void awaitPictures(FirefoxPage page) {
    // Of live video Firefox counts no other frames.
    page.await("ten pictures", "document.querySelector('video').mozPaintedFrames >= 10");
  }

  private static String text(String part) {
    return "document.querySelector('[data-testid=" + part + "]').textContent";
  }
}
