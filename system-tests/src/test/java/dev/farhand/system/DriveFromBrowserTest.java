package dev.farhand.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a person does with a robot on a good day: one open server, one rover, real browsers. */
class DriveFromBrowserTest {
  private static Stand stand;
  private static Chromium chromium;
  private static Program rover;
  private static String url;

  private Console ann;

  @BeforeAll
  static void start() {
    stand = new Stand("drive");
    Program server = stand.server("run", "--open", "--port", "0");
    rover = stand.rover("demo", Stand.port(server));
    url = "http://localhost:" + Stand.port(server) + "/r/demo";
    chromium = new Chromium();
  }

  @AfterAll
  static void stop() {
    chromium.close();
    stand.close();
  }

  @BeforeEach
  void join() {
    ann = new Console(chromium.desktop(), url).awaitConnection("connected");
    // Somebody of the test before keeps the lease for two seconds.
    ann.awaitText("driver", "Nobody");
    ann.awaitMorePictures();
  }

  @AfterEach
  void leave() {
    ann.close();
  }

  @Test
  void the_page_joins_its_pictures_advance_and_it_says_which_path_there_is() {
    ann.awaitMorePictures();
    ann.awaitText("path", "Direct · UDP");
    ann.screenshot("console-1280");
  }

  @Test
  void key_w_moves_the_rover_and_its_release_stops_it() {
    ann.drive("w");
    ann.awaitText("driver", "You");
    ann.screenshot("console-1280-driving");
    ann.page().keyboard().up("w");
    ann.awaitStanding();
  }

  @Test
  void the_rover_stops_when_the_page_is_closed_with_a_key_held() {
    Console bob = new Console(chromium.desktop(), url).awaitConnection("connected");
    bob.awaitMorePictures();
    bob.hold("s", Duration.ofSeconds(20), ann::moves);
    bob.close();
    ann.awaitStanding();
  }

  @Test
  void a_string_and_an_object_arrive_in_the_robots_program_and_ping_is_answered() {
    ann.say("Button Clicked!");
    rover.awaitLine("Button Clicked!");
    ann.say("{\"data\":\"ping\"}");
    rover.awaitLine("ping");
    ann.awaitText("log", "pong");
  }

  @Test
  void no_key_drives_while_somebody_writes() {
    ann.part("message").click();
    ann.page().keyboard().down("w");
    ann.awaitMorePictures();
    assertThat(ann.speed()).isLessThan(0.01);
    ann.page().keyboard().up("w");
    assertThat(ann.part("message").inputValue()).isEqualTo("w");
  }

  @Test
  void stop_latches_until_somebody_arms() {
    ann.drive("w");
    ann.page().keyboard().press("Escape");
    ann.awaitStanding();
    ann.page().keyboard().up("w");
    ann.page().keyboard().down("w");
    ann.awaitText("reason", "Arm");
    ann.awaitMorePictures();
    assertThat(ann.speed()).isLessThan(0.01);
    ann.screenshot("console-1280-stopped");
    ann.page().keyboard().up("w");
    ann.part("arm").click();
    ann.drive("w");
    ann.page().keyboard().press("Space");
    ann.awaitStanding();
    ann.page().keyboard().up("w");
    ann.part("arm").click();
  }

  @Test
  void rule_5_full_screen_that_is_left_without_its_button_is_stop_for_whoever_drives() {
    Console bob = new Console(chromium.desktop(), url).awaitConnection("connected");
    bob.awaitMorePictures();
    fullScreen(bob, true, "Leave full screen");
    ann.drive("w");
    bob.screenshot("console-1280-full-screen");
    fullScreen(bob, false, "Full screen");
    assertThat(bob.part("log").textContent()).doesNotContain("STOP");
    fullScreen(bob, true, "Leave full screen");
    // As the browser does it when it takes the Escape key for itself.
    bob.page().evaluate("document.exitFullscreen()");
    ann.awaitStanding();
    bob.awaitText("log", "The robot has confirmed STOP");
    ann.awaitText("reason", "Arm");
    ann.page().keyboard().up("w");
    bob.close();
    ann.part("arm").click();
  }

  private static void fullScreen(Console console, boolean there, String then) {
    console.page().locator("#fullscreen").click();
    Await.until(
        there ? "full screen" : "no full screen",
        Duration.ofSeconds(5),
        () ->
            console.page().evaluate("document.fullscreenElement !== null").equals(there)
                && console.page().locator("#fullscreen").textContent().equals(then));
  }

  @Test
  void of_two_operators_one_drives_and_the_other_hears_who() {
    Console bob = new Console(chromium.phone(), url).awaitConnection("connected");
    bob.awaitMorePictures();
    ann.page().keyboard().down("a");
    ann.awaitText("driver", "You");
    Await.until(
        "bob hears that someone else drives",
        Duration.ofSeconds(5),
        () ->
            !bob.part("driver").textContent().contains("You")
                && bob.part("driver").textContent().contains("drive"));
    bob.screenshot("console-390-someone-else-drives");
    ann.page().keyboard().up("a");
    ann.awaitStanding();
    bob.close();
    ann.awaitMorePictures();
  }

  @Test
  void a_page_that_is_loaded_again_drives_at_once() {
    ann.drive("w");
    ann.page().reload();
    ann.awaitConnection("connected");
    ann.awaitMorePictures();
    ann.page().keyboard().up("w");
    ann.awaitStanding();
    ann.drive("s");
    ann.page().keyboard().up("s");
    ann.awaitMorePictures();
  }

  @Test
  void the_page_fits_a_phone() {
    Console phone = new Console(chromium.phone(), url).awaitConnection("connected");
    phone.awaitMorePictures();
    phone.screenshot("console-390");
    assertThat(phone.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .as("no sideways scrolling")
        .isEqualTo(true);
    assertThat(
            phone
                .part("stop")
                .evaluate(
                    "e => { const r = e.getBoundingClientRect();"
                        + " return r.top >= 0 && r.bottom <= innerHeight; }"))
        .as("STOP is on the first screen")
        .isEqualTo(true);
    phone.close();
  }
}
