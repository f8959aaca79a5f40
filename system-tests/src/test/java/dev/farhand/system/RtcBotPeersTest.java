package dev.farhand.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * RTCBot's robots and pages with Farhand's: through the real server's {@code /rtcbot/ID}, with
 * Python on the one side and Chromium on the other. Both sides of one kind are in {@link
 * DriveFromBrowserTest}.
 */
class RtcBotPeersTest {
  private static final Path WATCHING = Path.of("src/test/resources/dev/farhand/system/watching.js");

  private static final String MEBIBYTE = Integer.toString(1 << 20);

  private static Stand stand;
  private static Chromium chromium;
  private static PageServer pages;
  private static Program rover;
  private static Program keyed;
  private static String server;

  @BeforeAll
  static void start() throws IOException {
    stand = new Stand("rtcbot");
    pages = new PageServer();
    Program program =
        stand.server("run", "--open", "--port", "0", "--allow-origin", pages.origin());
    int port = Stand.port(program);
    server = "http://localhost:" + port;
    rover = stand.rover("rover", port);
    Path keys = stand.folder().resolve("keys.yaml");
    Files.writeString(keys, "rtcbot:\n  keys:\n    w: {linear: 1}\n    s: {linear: -1}\n");
    keyed = stand.rover("keyed", port, "--config", keys.toString());
    chromium = new Chromium();
  }

  @AfterAll
  static void stop() {
    chromium.close();
    stand.close();
    pages.close();
  }

  private static String rtcBot(String robot) {
    return server + "/rtcbot/" + robot;
  }

  /** A page with {@code rtcbot.js}, or without any library, that is about to join this robot. */
  private static RtcBotPage page(String name, String robot) {
    return new RtcBotPage(
        chromium.desktop(), pages.page(name, server + "/rtcbot.js", rtcBot(robot)));
  }

  private static Program robot(String id, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = rtcBot(id);
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    Program robot = stand.peer("robot.py", all);
    awaitPresence(id);
    return robot;
  }

  private static void awaitPresence(String id) {
    Await.until(
        id + " is at the server",
        Duration.ofSeconds(10),
        () -> Http.get(server + "/api/robots/" + id).body().contains("true"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rtcbot-page.html", "bare-page.html"})
  void an_rtcbot_page_talks_with_an_rtcbot_robot_and_sees_it(String name) {
    String id = "python-" + name.charAt(0);
    try (Program robot = robot(id)) {
      try (RtcBotPage page = page(name, id).awaitReady()) {
        page.awaitReceived("\"Hello from Python\"");
        page.click();
        robot.awaitLine("Got message: Button Clicked!");
        robot.awaitLine("Got message: {'data': 'ping'}");
        page.awaitReceived("{\"data\":\"pong\"}");
        page.awaitPictures(10);
        assertThat(page.colours()).hasToString("[red, blue]");

        awaitPresence(id);
        try (RtcBotPage second = page(name, id).awaitReady()) {
          second.awaitReceived("\"Hello from Python\"");
          second.hangUp();
        }
        page.hangUp();
      }
      robot.awaitLine("Connection closed");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--hang-up"})
  void the_console_talks_with_an_rtcbot_robot_and_sees_it(String manner) throws IOException {
    String id = "console" + manner;
    try (Program robot = manner.isEmpty() ? robot(id) : robot(id, manner);
        Console ann =
            new Console(chromium.desktop(), server + "/r/" + id).awaitConnection("connected")) {
      ann.awaitText("plain", "RTCBot");
      assertThat(ann.part("plain").isVisible()).isTrue();
      ann.awaitText("log", "Hello from Python");
      ann.say("Button Clicked!");
      robot.awaitLine("Got message: Button Clicked!");
      ann.say("{\"data\":\"ping\"}");
      robot.awaitLine("Got message: {'data': 'ping'}");
      ann.awaitText("log", "pong");
      ann.awaitMorePictures();
      ann.page().evaluate(Files.readString(WATCHING) + "null");
      assertThat(ann.page().evaluate("colours(document.querySelector('video'))"))
          .hasToString("[red, blue]");
      ann.screenshot("console-1280-rtcbot-robot");
    }
  }

  @Test
  void an_rtcbot_client_talks_with_a_farhand_robot_and_sees_it() {
    try (Program client =
        stand.peer(
            "client.py",
            rtcBot("rover"),
            "--say",
            "From Python",
            "--say",
            "{\"data\": \"ping\"}")) {
      client.awaitLine("Connected");
      rover.awaitLine("From Python");
      client.awaitLine("Got message: {'data': 'pong'}");
      String saw = client.awaitLine("\"pictures\": 10,");
      assertThat(saw).contains("\"size\": \"640x480\"").doesNotContain("\"changes\": 0");
      String session = sessionOf(rover);
      client.terminate();
      rover.awaitLine("Session " + session + " ended");
    }
  }

  /** aiortc sends what it is given, whatever the other side's description allows. */
  @Test
  void a_mebibyte_at_once_ends_the_senders_session_and_nobody_elses() {
    try (RtcBotPage page = page("rtcbot-page.html", "rover").awaitReady();
        Program client = stand.peer("client.py", rtcBot("rover"), "--blind", "--bulk", MEBIBYTE)) {
      client.awaitLine("Connected");
      String session = sessionOf(rover);
      rover.awaitLine("Session " + session + " ended: too-large");
      client.awaitLine("Connection closed");
      page.click();
      page.awaitReceived("{\"data\":\"pong\"}");
      page.hangUp();
    }
  }

  @Test
  void a_mebibyte_at_once_ends_a_java_programs_connection_and_not_the_program() {
    try (Lesson lesson = Lesson.serve("4");
        Program client =
            stand.peer("client.py", lesson.url() + "/connect", "--blind", "--bulk", MEBIBYTE)) {
      client.awaitLine("Connected");
      lesson.program().awaitLine("Visitor 1 has gone");
      assertThat(lesson.program().output()).contains("65536 bytes").contains("in parts");
      client.awaitLine("Connection closed");
      lesson.open(chromium.desktop()).awaitText("#status", "Connected").close();
    }
  }

  /** The session that began last, from the agent's own words. */
  private static String sessionOf(Program agent) {
    String joined =
        agent
            .output()
            .lines()
            .filter(line -> line.contains("(session "))
            .reduce("", (before, line) -> line);
    return joined.substring(joined.indexOf("(session ") + 9, joined.lastIndexOf(')'));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rtcbot-page.html", "bare-page.html"})
  void an_rtcbot_page_talks_with_a_farhand_robot_and_sees_it(String name) {
    try (RtcBotPage page = page(name, "rover").awaitReady()) {
      page.click();
      page.awaitReceived("{\"data\":\"pong\"}");
      rover.awaitLine("Button Clicked!");
      page.awaitPictures(10);
      assertThat(page.page().evaluate("document.querySelector('video').videoWidth")).isEqualTo(640);
      String session = sessionOf(rover);
      page.hangUp();
      rover.awaitLine("Session " + session + " ended");
    }
  }

  @Test
  void keys_of_an_rtcbot_page_are_messages_like_any_other() {
    try (Console witness = witness("rover");
        RtcBotPage page = page("rtcbot-page.html", "rover").awaitReady()) {
      page.page().evaluate("rtcbot.setKeyboardRate(20)");
      page.page().keyboard().down("w");
      rover.awaitLine("keydown");
      witness.awaitMorePictures();
      assertThat(witness.speed()).isLessThan(0.01);
      page.page().keyboard().up("w");
      rover.awaitLine("keyup");
      page.hangUp();
    }
  }

  @Test
  void keys_that_robot_yaml_maps_drive_while_they_are_repeated() {
    try (Console witness = witness("keyed");
        RtcBotPage page = page("rtcbot-page.html", "keyed").awaitReady()) {
      page.page().evaluate("rtcbot.setKeyboardRate(20)");
      getToKnow(page, "w");
      Hand.hold(page.page(), "w", witness::moves);
      witness.awaitMorePictures();
      assertThat(witness.speed()).isGreaterThan(0.05);
      page.page().keyboard().up("w");
      witness.awaitStanding();
      assertThat(keyed.output()).doesNotContain("keydown");
      page.hangUp();
    }
  }

  @Test
  void a_mapped_key_that_is_held_and_not_repeated_stops_by_itself() {
    try (Console witness = witness("keyed");
        RtcBotPage page = page("rtcbot-page.html", "keyed").awaitReady()) {
      getToKnow(page, "s");
      String place = witness.place();
      Hand.hold(page.page(), "s", () -> !witness.place().equals(place));
      witness.awaitStanding();
      String stop = witness.place();
      witness.awaitMorePictures();
      assertThat(witness.place()).isEqualTo(stop);
      page.hangUp();
    }
  }

  /**
   * The first press of a session moves nothing, and for a second the agent only looks how quick the
   * path is.
   */
  private static void getToKnow(RtcBotPage page, String key) {
    page.page().keyboard().press(key);
    double since = now(page);
    Await.until("a second later", Duration.ofSeconds(5), () -> now(page) > since + 1200);
  }

  private static double now(RtcBotPage page) {
    return ((Number) page.page().evaluate("performance.now()")).doubleValue();
  }

  /** Somebody who only looks on, and would see the robot move. */
  private static Console witness(String robot) {
    Console witness =
        new Console(chromium.desktop(), server + "/r/" + robot).awaitConnection("connected");
    witness.awaitText("driver", "Nobody");
    return witness;
  }
}
