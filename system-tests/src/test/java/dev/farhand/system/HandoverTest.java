package dev.farhand.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A rover and several people at real browsers, who ask each other for it. */
class HandoverTest {
  /** Gives the robot only when asked to, however slow the machine. */
  private static final String PATIENT = "rover1";

  /** Waits for an answer as long as robots do by default. */
  private static final String USUAL = "rover2";

  /** Longer than that, also on a busy machine. */
  private static final Duration SILENCE = Duration.ofSeconds(40);

  private static final String HOSTILE = "<img src=x onerror=\"document.title='taken'\">";

  private static Stand stand;
  private static Chromium chromium;
  private static String url;

  private final List<Console> consoles = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    stand = new Stand("handover");
    Program server = stand.server("run", "--host", "127.0.0.1", "--port", "0");
    url = "http://localhost:" + Stand.port(server);
    Path patience = stand.folder().resolve("patience.yaml");
    Files.writeString(patience, "motion: {grant-after-s: 120}\n");
    rover(PATIENT, server, "--config", patience.toString());
    rover(USUAL, server);
    chromium = new Chromium();
  }

  @AfterAll
  static void stop() {
    chromium.close();
    stand.close();
  }

  @AfterEach
  void leave() {
    consoles.forEach(Console::close);
  }

  @Test
  void rule_4_one_asks_on_a_phone_and_the_other_gives_by_keyboard() {
    Console ann = drives(invited("ann", "driver"));
    Console bob = phone("bob", "driver");
    bob.awaitText("driver", "ann drives");
    bob.awaitText("reason", "Ask to drive");
    bob.screenshot("handover-390-ask");
    bob.part("ask").click();
    ann.awaitText("requests", "bob asks to drive");
    bob.awaitText("ask", "Withdraw request");
    bob.awaitText("reason", "You have asked");
    ann.screenshot("handover-1280-asked");
    bob.screenshot("handover-390-waiting");
    ann.part("grant").focus();
    ann.page().keyboard().press("Enter");
    bob.awaitText("driver", "You drive");
    ann.awaitText("driver", "bob drives");
    Await.until(
        "nobody asks any more",
        Duration.ofSeconds(10),
        () -> ann.part("requests").textContent().isEmpty());
    ann.awaitText("log", "bob drives now.");
    ann.awaitText("reason", "Ask to drive");
    drives(bob);
    ann.screenshot("handover-1280-given");
  }

  @Test
  void rule_4_a_refusal_says_when_to_ask_again_and_disturbs_nobody() {
    Console ann = drives(invited("ann", "driver"));
    Console bob = invited("bob", "driver");
    bob.part("ask").click();
    ann.drive("w");
    ann.part("refuse").click();
    bob.awaitText("ask", "Ask again in");
    bob.awaitText("reason", "refused");
    bob.screenshot("handover-1280-refused");
    assertThat(ann.part("driver").textContent()).isEqualTo("You drive");
    ann.page().keyboard().up("w");
    ann.awaitStanding();
  }

  @Test
  void rule_4_silence_grants_and_what_was_held_moves_nothing_before_it_is_let_go() {
    Console ann = drives(joined(chromium.desktop(), "ann", "driver", USUAL));
    Console bob = joined(chromium.desktop(), "bob", "driver", USUAL);
    bob.page().keyboard().down("w");
    bob.part("ask").focus();
    bob.page().keyboard().press("Enter");
    ann.awaitText("requests", "bob asks to drive");
    bob.awaitText("driver", "You drive", SILENCE);
    bob.awaitText("reason", "Let go");
    bob.awaitMorePictures();
    assertThat(bob.speed()).isLessThan(0.01);
    bob.screenshot("handover-1280-let-go");
    bob.page().keyboard().up("w");
    drives(bob);
  }

  @Test
  void rule_4_an_owner_takes_over_from_a_robot_in_motion() {
    Console ann = invited("ann", "driver");
    Console olga = phone("olga", "owner");
    ann.drive("w");
    olga.awaitText("driver", "ann drives");
    olga.screenshot("handover-390-owner");
    olga.part("take-over").click();
    olga.awaitText("driver", "You drive");
    ann.awaitText("driver", "olga drives");
    olga.awaitStanding();
    olga.awaitMorePictures();
    assertThat(olga.speed()).as("ann still holds the key").isLessThan(0.01);
    ann.page().keyboard().up("w");
    drives(olga);
  }

  @Test
  void rule_4_a_viewer_sees_who_drives_and_asks_but_no_buttons_and_names_are_text() {
    Console ann = drives(invited("ann", "driver"));
    Console vic = phone("vic", "viewer");
    Console mallory = invited(HOSTILE, "driver");
    mallory.part("ask").click();
    for (Console seen : List.of(ann, vic)) {
      seen.awaitText("requests", HOSTILE + " asks to drive");
      assertThat(seen.page().locator("#requests img").count()).isZero();
      assertThat(seen.page().title()).isEqualTo("rover1 · Farhand");
      assertThat(seen.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
          .as("no sideways scrolling")
          .isEqualTo(true);
    }
    vic.screenshot("handover-390-viewer");
    ann.screenshot("handover-1280-hostile-name");
    vic.awaitText("reason", "You watch");
    for (String button : List.of("ask", "take-over", "grant", "refuse")) {
      assertThat(vic.part(button).isVisible()).as(button).isFalse();
    }
  }

  @Test
  void rule_5_stop_is_named_to_all_and_says_who_can_arm() {
    Console ann = drives(invited("ann", "driver"));
    Console vic = phone("vic", "viewer");
    vic.part("stop").click();
    ann.awaitText("reason", "vic pressed STOP. Press Arm to drive on.");
    vic.awaitText("reason", "You pressed STOP. ann can arm.");
    vic.screenshot("handover-390-stopped");
    assertThat(vic.part("arm").isVisible()).isFalse();
    ann.part("arm").click();
    drives(ann);
  }

  @Test
  void rule_5_a_stop_that_cannot_be_sent_is_told_and_said_as_soon_as_the_page_has_joined() {
    Console ann = invited("ann", "driver");
    Console vic = new Console(chromium.phone(), url + "/r/" + PATIENT);
    consoles.add(vic);
    vic.awaitConnection("closed");
    vic.part("stop").click();
    vic.awaitText("stop-unsent", "STOP was not sent: the connection has ended.");
    vic.awaitText("stop-unsent", "as soon as this page has joined");
    assertThat(vic.part("stop-unsent").isVisible()).isTrue();
    vic.screenshot("handover-390-stop-unsent");
    ann.drive("w");
    vic.part("token").fill(invitation("vic", "viewer", PATIENT));
    vic.page().locator("#invitation button").click();
    ann.awaitStanding();
    vic.awaitText("log", "The robot has confirmed STOP.");
    ann.awaitText("reason", "Arm");
    ann.page().keyboard().up("w");
    ann.part("arm").click();
    drives(ann);
  }

  @Test
  void rule_6_a_page_that_loses_the_focus_or_is_hidden_stops_the_robot() {
    Console ann = invited("ann", "driver");
    for (String lost :
        List.of(
            "window.dispatchEvent(new Event('blur'))",
            "document.dispatchEvent(new Event('visibilitychange'))")) {
      ann.drive("w");
      ann.page().evaluate(lost);
      ann.awaitStanding();
      ann.page().keyboard().up("w");
    }
  }

  private Console invited(String name, String role) {
    return joined(chromium.desktop(), name, role, PATIENT);
  }

  private Console phone(String name, String role) {
    return joined(chromium.phone(), name, role, PATIENT);
  }

  private Console joined(BrowserContext browser, String name, String role, String rover) {
    Console console = new Console(browser, invitation(name, role, rover));
    consoles.add(console);
    console.awaitConnection("connected");
    if (consoles.size() == 1) {
      // Somebody of the test before keeps the lease for two seconds.
      console.awaitText("driver", "Nobody");
    }
    console.awaitMorePictures();
    return console;
  }

  /** Moves a bit, and lets go; before that too, if the page says so. */
  private static Console drives(Console console) {
    console.hold("w", Duration.ofSeconds(20), console::moves);
    console.page().keyboard().up("w");
    console.awaitStanding();
    return console;
  }

  private static void rover(String id, Program server, String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(List.of("--token", printed("token", "--role", "robot", "--robot", id)));
    stand.rover(id, Stand.port(server), arguments.toArray(String[]::new));
  }

  private static String invitation(String name, String role, String rover) {
    return printed("invite", "--role", role, "--robot", rover, "--name", name, "--url", url);
  }

  private static String printed(String... arguments) {
    Program command = stand.start(arguments[0], Stand.SERVER, arguments);
    assertThat(command.exitStatus(Duration.ofSeconds(20))).as(command::output).isZero();
    // What a shell would take into a variable is the last line; the first is for people.
    return command.output().strip().replaceAll("(?s).*\n", "");
  }
}
