package dev.farhand.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tutorial's programs do what docs/tutorial says, in a real browser. */
class TutorialTest {
  private static final Pattern ADDRESS = Pattern.compile("http://[0-9.]+:\\d+");

  private static Chromium chromium;

  @BeforeAll
  static void start() {
    chromium = new Chromium();
  }

  @AfterAll
  static void stop() {
    chromium.close();
  }

  @Test
  void step_1_a_press_writes_to_the_browsers_console() {
    try (Lesson lesson = Lesson.serve("1");
        Lesson.Tab tab = lesson.open(chromium.desktop())) {
      tab.page().locator("#press").click();
      tab.awaitConsole("The button was pressed");
      assertThat(tab.errors()).isEmpty();
      tab.screenshot("tutorial-1-1280");
    }
  }

  @Test
  void step_1_every_address_that_it_prints_leads_to_the_page() {
    try (Lesson lesson = Lesson.serve("1")) {
      lesson.program().awaitLine("  or http://");
      Matcher addresses = ADDRESS.matcher(lesson.program().output());
      assertThat(addresses.results().map(result -> result.group()))
          .as("addresses besides localhost, in: %s", lesson.program().output())
          .isNotEmpty()
          .allSatisfy(
              address -> {
                try (Lesson.Tab tab = new Lesson.Tab(chromium.desktop(), address)) {
                  assertThat(tab.text("h1")).isEqualTo("A robot's page");
                }
              });
    }
  }

  @Test
  void step_2_prints_the_string_at_each_press() {
    try (Lesson lesson = Lesson.serve("2");
        Lesson.Tab tab = lesson.open(chromium.desktop()).awaitText("#status", "Connected")) {
      for (int press = 1; press <= 3; press++) {
        int presses = press;
        tab.page().locator("#press").click();
        Await.until(
            "line " + press,
            Duration.ofSeconds(10),
            () -> lines(lesson, "Got message: Button Clicked!").size() == presses);
      }
      assertThat(tab.errors()).isEmpty();
      tab.screenshot("tutorial-2-1280");
    }
  }

  @Test
  void step_2_sends_what_was_put_in_before_the_connection_stood() {
    try (Lesson lesson = Lesson.serve("2");
        Lesson.Tab tab =
            new Lesson.Tab(
                chromium.desktop(),
                lesson.url(),
                page ->
                    page.addInitScript(
                        """
                        addEventListener("DOMContentLoaded", () =>
                          document.querySelector("#press").click());
                        """))) {
      lesson.program().awaitLine("Got message: Button Clicked!");
      assertThat(tab.errors()).isEmpty();
    }
  }

  @Test
  void step_2_closes_the_connection_at_its_end() {
    try (Lesson lesson = Lesson.serve("2");
        Lesson.Tab tab = lesson.open(chromium.desktop()).awaitText("#status", "Connected")) {
      // A path that is lost is said by onError first; a channel that is closed is not.
      tab.page()
          .evaluate(
              """
              connection.onError(({ message }) => console.log("It failed: " + message));
              connection.onClose(() => console.log("It is closed"));
              0
              """);
      Program.signal(ProcessHandle.of(lesson.program().pid()).orElseThrow(), "INT");
      tab.awaitConsole("It is closed");
      assertThat(tab.console()).noneMatch(line -> line.contains("It failed"));
    }
  }

  @Test
  void step_2_is_open_to_the_local_network() {
    try (Lesson lesson = Lesson.serve("2")) {
      lesson.program().awaitLine("  or http://");
      Matcher address = ADDRESS.matcher(lesson.program().output());
      assertThat(address.find()).isTrue();
      try (Lesson.Tab tab =
          new Lesson.Tab(chromium.phone(), address.group()).awaitText("#status", "Connected")) {
        tab.page().locator("#press").click();
        lesson.program().awaitLine("Got message: Button Clicked!");
      }
    }
  }

  @Test
  void step_2_tells_a_second_page_why_it_is_not_taken() {
    try (Lesson lesson = Lesson.serve("2");
        Lesson.Tab first = lesson.open(chromium.desktop()).awaitText("#status", "Connected");
        Lesson.Tab second = lesson.open(chromium.desktop())) {
      Await.until(
          "the second page tells",
          Duration.ofSeconds(10),
          () -> second.text("#status").contains("This offer was not taken"));
      first.page().locator("#press").click();
      lesson.program().awaitLine("Got message: Button Clicked!");
    }
  }

  /** The calls of RTCBot's tutorial, in its order, in a page that knows nothing of Farhand. */
  @Test
  void step_2_takes_a_page_that_was_written_for_rtcbot() {
    try (Lesson lesson = Lesson.serve("2");
        Lesson.Tab tab =
            rtcbotPage(lesson.url(), "/connect", "", "conn.put_nowait(\"Button Clicked!\")")) {
      tab.awaitConsole("Ready!");
      tab.page().locator("button").click();
      lesson.program().awaitLine("Got message: Button Clicked!");
      assertThat(tab.errors()).isEmpty();
    }
  }

  @Test
  void step_3_takes_a_page_that_was_written_for_rtcbot() {
    try (Lesson lesson = Lesson.serve("3");
        Lesson.Tab tab =
            rtcbotPage(
                lesson.url(),
                "/connect",
                "conn.subscribe(m => console.log(\"Heard:\", m.data));",
                "conn.put_nowait({ data: \"ping\" })")) {
      tab.awaitConsole("Ready!");
      tab.page().locator("button").click();
      lesson.program().awaitLine("Got message: ping");
      tab.awaitConsole("Heard: pong");
      assertThat(tab.errors()).isEmpty();
    }
  }

  private static Lesson.Tab rtcbotPage(
      String url, String connect, String subscribe, String onClick) {
    String html =
        """
        <html><head><script src="/rtcbot.js"></script></head><body>
          <button>Press</button>
          <script>
            var conn = new rtcbot.RTCConnection();
            %s
            async function start() {
              var offer = await conn.getLocalDescription();
              var response = await fetch("%s", {
                method: "POST", cache: "no-cache", body: JSON.stringify(offer)
              });
              await conn.setRemoteDescription(await response.json());
              console.log("Ready!");
            }
            start();
            document.querySelector("button").onclick = function () { %s; };
          </script>
        </body></html>
        """
            .formatted(subscribe, connect, onClick);
    return new Lesson.Tab(
        chromium.desktop(),
        url + "/theirs",
        page ->
            page.route(
                "**/theirs",
                route ->
                    route.fulfill(
                        new Route.FulfillOptions().setContentType("text/html").setBody(html))));
  }

  @Test
  void step_3_answers_json_with_json() {
    try (Lesson lesson = Lesson.serve("3");
        Lesson.Tab tab = lesson.open(chromium.desktop()).awaitText("#status", "Connected")) {
      tab.page().locator("#press").click();
      lesson.program().awaitLine("Got message: ping");
      tab.awaitConsole("Received from Java: {data: pong}");
      tab.awaitText("#status", "pong");
      assertThat(tab.errors()).isEmpty();
    }
  }

  @Test
  void step_3_answers_json_with_json_in_firefox() {
    try (Lesson lesson = Lesson.serve("3");
        Firefox firefox = Firefox.start()) {
      FirefoxPage page = firefox.open(lesson.url());
      page.click("#press");
      lesson.program().awaitLine("Got message: ping");
      page.awaitConsole("Received from Java: {data: pong}");
    }
  }

  @Test
  void steps_1_2_and_4_work_in_firefox() {
    try (Lesson basic = Lesson.serve("1");
        Lesson string = Lesson.serve("2");
        Lesson several = Lesson.serve("4");
        Firefox firefox = Firefox.start()) {
      FirefoxPage first = firefox.open(basic.url());
      first.click("#press");
      first.awaitConsole("The button was pressed");
      FirefoxPage second = firefox.open(string.url());
      second.click("#press");
      string.program().awaitLine("Got message: Button Clicked!");
      FirefoxPage fourth = firefox.open(several.url());
      fourth.click("#press");
      fourth.await(
          "the answer", "document.querySelector('#status').textContent.includes('pressed: 1')");
    }
  }

  @Test
  void step_4_gives_each_of_two_tabs_its_own_answers_and_outlives_each() {
    try (Lesson lesson = Lesson.serve("4");
        Lesson.Tab first = lesson.open(chromium.desktop()).awaitText("#status", "Connected");
        Lesson.Tab second = lesson.open(chromium.phone()).awaitText("#status", "Connected")) {
      first.page().locator("#press").click();
      first.page().locator("#press").click();
      second.page().locator("#press").click();
      first.awaitText("#status", "visitor 1; pressed: 2");
      second.awaitText("#status", "visitor 2; pressed: 1");
      second.screenshot("tutorial-4-390");

      first.page().reload();
      lesson.program().awaitLine("Visitor 1 has gone");
      first.awaitText("#status", "Connected").page().locator("#press").click();
      first.awaitText("#status", "visitor 3; pressed: 1");
      second.page().locator("#press").click();
      second.awaitText("#status", "visitor 2; pressed: 2");
    }
  }

  @Test
  void step_4_takes_no_more_pages_than_it_can_serve() {
    try (Lesson lesson = Lesson.serve("4");
        Lesson.Tab tab = lesson.open(chromium.desktop()).awaitText("#status", "Connected")) {
      tab.page()
          .evaluate(
              """
              async () => {
                window.others = [];
                for (let i = 0; i < 7; i++) {
                  const other = new rtcbot.RTCConnection();
                  const offer = await other.getLocalDescription();
                  const answer = await fetch("/connect", {
                    method: "POST", body: JSON.stringify(offer) });
                  await other.setRemoteDescription(await answer.json());
                  window.others.push(other);
                }
              }
              """);
      assertThat(lesson.post("/connect", new byte[0]).statusCode()).isEqualTo(503);
      tab.page().evaluate("window.others.forEach((other) => other.close())");
      lesson.program().awaitLine("Visitor 8 has gone");
      Await.until(
          "there is room again",
          Duration.ofSeconds(10),
          () -> lesson.post("/connect", new byte[0]).statusCode() == 400);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "3", "4", "5", "6", "8"})
  void every_step_answers_bad_offers_with_a_sentence_and_lives(String step) {
    try (Lesson lesson = Lesson.serve(step)) {
      byte[] large = new byte[1 << 20];
      Arrays.fill(large, (byte) ' ');
      for (byte[] body :
          List.of(
              bytes(""),
              bytes("Hello"),
              bytes("null"),
              bytes("[]"),
              bytes("{\"type\":\"offer\"}"),
              bytes("{\"type\":\"answer\",\"sdp\":\"v=0\\r\\n\"}"),
              bytes("{\"type\":\"offer\",\"sdp\":\"nothing\"}"),
              large)) {
        var answer = lesson.post("/connect", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("\"reason\":\"").doesNotContain("Exception");
      }
      assertThat(lesson.post("/elsewhere", bytes("")).statusCode()).isEqualTo(404);
      assertThat(lesson.program().output()).doesNotContain("Exception");
      if (!step.equals("8")) {
        lesson.open(chromium.desktop()).awaitText("#status", "Connected").close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "3", "4", "5", "6"})
  void every_page_fits_a_phone_and_its_program_ends_at_ctrl_c(String step) {
    try (Lesson lesson = Lesson.serve(step);
        Lesson.Tab phone = lesson.open(chromium.phone())) {
      if (!step.equals("1")) {
        phone.awaitText("#status", "Connected");
      }
      phone.screenshot("tutorial-" + step + "-390");
      assertThat(phone.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
          .as("no sideways scrolling")
          .isEqualTo(true);
      Program.signal(ProcessHandle.of(lesson.program().pid()).orElseThrow(), "INT");
      lesson.program().exitStatus(Duration.ofSeconds(5));
      assertThat(lesson.program().output()).doesNotContain("Exception");
    }
  }

  @Test
  void step_5_shows_a_picture_that_moves() {
    try (Lesson lesson = Lesson.serve("5");
        Lesson.Tab tab = lesson.open(chromium.desktop()).awaitText("#status", "Connected")) {
      double[] first = ball(tab);
      Await.until(
          "the ball is elsewhere",
          Duration.ofSeconds(10),
          () -> {
            double[] now = ball(tab);
            return Math.hypot(now[0] - first[0], now[1] - first[1]) > 60;
          });
      tab.screenshot("tutorial-5-1280");
      assertThat(tab.errors()).isEmpty();
    }
  }

  /** Where the page shows the orange ball, in pixels of the video. */
  private static double[] ball(Lesson.Tab tab) {
    return Await.value(
        "a ball in the picture",
        Duration.ofSeconds(10),
        () -> {
          List<?> centre =
              (List<?>)
                  tab.page()
                      .evaluate(
                          """
                          () => {
                            const video = document.querySelector("video");
                            if (!video.videoWidth) return [];
                            const canvas = document.createElement("canvas");
                            canvas.width = video.videoWidth;
                            canvas.height = video.videoHeight;
                            const brush = canvas.getContext("2d");
                            brush.drawImage(video, 0, 0);
                            const { width, height } = canvas;
                            const { data } = brush.getImageData(0, 0, width, height);
                            let count = 0, x = 0, y = 0;
                            for (let i = 0; i < data.length; i += 4) {
                              if (data[i] > 180 && data[i + 1] > 100 && data[i + 2] < 90) {
                                count++;
                                x += (i / 4) % width;
                                y += Math.floor(i / 4 / width);
                              }
                            }
                            return count > 1000 ? [x / count, y / count] : [];
                          }
                          """);
          return centre.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  centre.stream().mapToDouble(axis -> ((Number) axis).doubleValue()).toArray());
        });
  }

  @Test
  void step_6_a_held_key_moves_and_its_release_stops() {
    try (Lesson lesson = Lesson.serve("6");
        Lesson.Tab tab = lesson.open(chromium.desktop()).awaitText("#status", "Connected")) {
      tab.page().keyboard().down("w");
      tab.awaitText("#motion", "1.0 forward");
      tab.page().keyboard().down("a");
      tab.awaitText("#motion", "1.0 forward, 1.0 left");
      tab.screenshot("tutorial-6-1280");
      tab.page().keyboard().up("w");
      tab.awaitText("#motion", "0.0 forward, 1.0 left");
      tab.page().keyboard().up("a");
      tab.awaitText("#motion", "standing");
      assertThat(tab.errors()).isEmpty();
    }
  }

  @Test
  void step_6_a_key_stays_in_force_while_it_is_held() {
    try (Lesson lesson = Lesson.serve("6");
        Lesson.Tab tab = lesson.open(chromium.desktop()).awaitText("#status", "Connected")) {
      tab.page()
          .evaluate(
              """
              window.heard = 0;
              new rtcbot.Keyboard().subscribe(({ type }) => type === "keydown" && heard++);
              0; // not the function that subscribe returned: Playwright would call it
              """);
      tab.page().keyboard().down("ArrowUp");
      Await.until(
          "ten repeats",
          Duration.ofSeconds(10),
          () -> ((Number) tab.page().evaluate("heard")).intValue() > 10);
      assertThat(moves(lesson)).containsExactly("Moving: 1.0 forward, 0.0 left");
      tab.page().keyboard().up("ArrowUp");
      lesson.program().awaitLine("Moving: 0.0 forward, 0.0 left");
    }
  }

  @Test
  void step_6_stops_when_the_page_loses_the_focus_with_a_key_held() {
    try (Lesson lesson = Lesson.serve("6");
        Lesson.Tab tab = lesson.open(chromium.desktop()).awaitText("#status", "Connected")) {
      tab.page().keyboard().down("s");
      tab.awaitText("#motion", "-1.0 forward");
      tab.page().evaluate("window.dispatchEvent(new Event('blur'))");
      tab.awaitText("#motion", "standing");
    }
  }

  @Test
  void step_6_stops_when_the_page_is_gone_with_a_key_held() {
    try (Lesson lesson = Lesson.serve("6");
        Lesson.Tab tab = lesson.open(chromium.desktop()).awaitText("#status", "Connected")) {
      tab.page().keyboard().down("w");
      lesson.program().awaitLine("Moving: 1.0 forward");
      tab.page().close();
      lesson.program().awaitLine("Moving: 0.0 forward, 0.0 left");
    }
  }

  @Test
  void step_6_stops_when_nothing_is_repeated() {
    try (Lesson lesson = Lesson.serve("6");
        Lesson.Tab tab = lesson.open(chromium.desktop()).awaitText("#status", "Connected")) {
      // As a page would that hangs: down once, and never again anything.
      tab.page().evaluate("connection.put_nowait({ type: 'keydown', key: 'w' })");
      lesson.program().awaitLine("Moving: 1.0 forward");
      lesson.program().awaitLine("Moving: 0.0 forward, 0.0 left");
      tab.awaitText("#motion", "standing");
    }
  }

  @Test
  void step_6_a_gamepads_stick_moves_until_it_is_let_go_or_the_focus_is_lost() {
    try (Lesson lesson = Lesson.serve("6");
        Lesson.Tab tab =
            new Lesson.Tab(chromium.desktop(), lesson.url(), TutorialTest::plugInGamepad)
                .awaitText("#status", "Connected")) {
      tab.page().evaluate("pad.axes = [-0.5, -1]");
      tab.awaitText("#motion", "1.0 forward, 0.5 left");
      tab.page().evaluate("pad.axes = [0, 0]");
      tab.awaitText("#motion", "standing");
      tab.page().evaluate("pad.axes = [0, 1]");
      tab.awaitText("#motion", "-1.0 forward");
      tab.page().evaluate("document.hasFocus = () => false");
      tab.awaitText("#motion", "standing");
    }
  }

  /** A gamepad with two axes and a button, which the test moves by setting {@code pad}. */
  private static void plugInGamepad(Page page) {
    page.addInitScript(
        """
        window.pad = { index: 0, connected: true, axes: [0, 0],
          buttons: [{ pressed: false, touched: false, value: 0 }], mapping: "standard" };
        navigator.getGamepads = () => [window.pad, null, null, null];
        """);
  }

  @Test
  void step_6_the_newer_of_two_pages_drives() {
    try (Lesson lesson = Lesson.serve("6");
        Lesson.Tab first = lesson.open(chromium.desktop()).awaitText("#status", "Connected")) {
      first.page().keyboard().down("w");
      first.awaitText("#motion", "1.0 forward");
      try (Lesson.Tab second = lesson.open(chromium.desktop()).awaitText("#status", "Connected")) {
        lesson.program().awaitLine("Moving: 0.0 forward, 0.0 left");
        second.page().keyboard().down("s");
        second.awaitText("#motion", "-1.0 forward");
        second.page().keyboard().up("s");
        second.awaitText("#motion", "standing");
      }
      assertThat(moves(lesson)).hasSize(4);
    }
  }

  @Test
  void step_7_is_driven_from_the_console_by_its_id() {
    try (Stand stand = new Stand("tutorial-7")) {
      int port = Stand.port(stand.server("run", "--open", "--port", "0"));
      try (Lesson lesson = Lesson.start("7", "ws://localhost:" + port, "rover7");
          Console console =
              new Console(chromium.desktop(), lesson.url()).awaitConnection("connected")) {
        assertThat(lesson.url()).isEqualTo("http://localhost:" + port + "/r/rover7");
        lesson.program().awaitLine("TwoWheels is ready");
        console.awaitMorePictures();
        console.hold("w", Duration.ofSeconds(20), () -> wheels(console).equals(List.of("1", "1")));
        console.page().keyboard().up("w");
        Await.until(
            "both wheels stand",
            Duration.ofSeconds(10),
            () -> wheels(console).equals(List.of("0", "0")));
        console.say("{\"data\":\"ping\"}");
        lesson.program().awaitLine("Got message: {\"data\":\"ping\"}");
        console.awaitText("log", "pong");
      }
    }
  }

  @Test
  void step_7_takes_a_page_that_was_written_for_rtcbot() {
    try (Stand stand = new Stand("tutorial-7-rtcbot")) {
      int port = Stand.port(stand.server("run", "--open", "--port", "0"));
      try (Lesson lesson = Lesson.start("7", "ws://localhost:" + port)) {
        lesson.program().awaitLine("TwoWheels is ready");
        lesson.program().awaitLine("Open http");
        try (Lesson.Tab tab =
            rtcbotPage(
                "http://localhost:" + port,
                "/rtcbot/rover1",
                "conn.subscribe(m => console.log(\"Heard:\", m.data));",
                "conn.put_nowait({ data: \"ping\" })")) {
          tab.awaitConsole("Ready!");
          tab.page().locator("button").click();
          tab.awaitConsole("Heard: pong");
          lesson.program().awaitLine("Got message: {\"data\":\"ping\"}");
          assertThat(tab.errors()).isEmpty();
        }
      }
    }
  }

  @Test
  void step_7_has_a_page_of_its_own_from_elsewhere() throws IOException {
    Path folder = Path.of("../docs/tutorial/src/main/java/dev/farhand/tutorial");
    // Not a routed page: only one that was loaded from this machine may ask servers on it.
    HttpServer pages = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    pages.createContext("/", page -> serve(page, folder.resolve("RobotBehind4g.html")));
    pages.start();
    String origin = "http://localhost:" + pages.getAddress().getPort();
    try (Stand stand = new Stand("tutorial-7-page")) {
      int port = Stand.port(stand.server("run", "--open", "--port", "0", "--allow-origin", origin));
      String address = origin + "/?server=http://localhost:" + port;
      try (Lesson lesson = Lesson.start("7", "ws://localhost:" + port);
          Lesson.Tab tab = new Lesson.Tab(chromium.phone(), address)) {
        lesson.program().awaitLine("TwoWheels is ready");
        tab.awaitText("#status", "Connected").page().locator("#press").click();
        tab.awaitText("#status", "pong");
        lesson.program().awaitLine("ping");
        Await.until(
            "pictures",
            Duration.ofSeconds(10),
            () -> tab.page().evaluate("document.querySelector('video').videoWidth").equals(640));
        tab.screenshot("tutorial-7-390");
        Console console =
            new Console(chromium.desktop(), lesson.url()).awaitConnection("connected");
        tab.page().locator("#turn").focus();
        Hand.hold(tab.page(), " ", () -> wheels(console).equals(List.of("-0.5000", "0.5000")));
        tab.page().keyboard().up(" ");
        Await.until(
            "both wheels stand",
            Duration.ofSeconds(10),
            () -> wheels(console).equals(List.of("0", "0")));
      }
    } finally {
      pages.stop(0);
    }
  }

  private static void serve(HttpExchange request, Path file) throws IOException {
    byte[] body = Files.readAllBytes(file);
    request.getResponseHeaders().set("Content-Type", "text/html");
    request.sendResponseHeaders(200, body.length);
    request.getResponseBody().write(body);
    request.close();
  }

  @Test
  void step_8_a_computer_without_a_browser_sees_the_ball_and_tells_the_robot() {
    try (Lesson robot = Lesson.serve("8")) {
      String url = robot.url();
      try (Lesson computer = Lesson.start("8", "compute", url)) {
        computer.program().awaitLine("Connected to " + url);
        Pattern report =
            Pattern.compile("is at (\\d+) %, (\\d+) %; the computer sees it at (\\d+) %, (\\d+) %");
        Await.until(
            "reports that are right, at places apart",
            Duration.ofSeconds(20),
            () -> {
              List<int[]> reports =
                  report
                      .matcher(robot.program().output())
                      .results()
                      .map(
                          found ->
                              IntStream.rangeClosed(1, 4)
                                  .map(i -> Integer.parseInt(found.group(i)))
                                  .toArray())
                      .filter(at -> Math.abs(at[0] - at[2]) <= 6 && Math.abs(at[1] - at[3]) <= 6)
                      .toList();
              return !reports.isEmpty()
                  && reports.stream()
                      .anyMatch(
                          at ->
                              Math.abs(at[2] - reports.get(0)[2])
                                      + Math.abs(at[3] - reports.get(0)[3])
                                  > 15);
            });
        Program.signal(ProcessHandle.of(robot.program().pid()).orElseThrow(), "INT");
        computer.program().awaitLine("The robot has gone.");
        assertThat(computer.program().exitStatus(Duration.ofSeconds(5))).isZero();
      }
    }
  }

  @Test
  void step_8_says_in_a_line_that_there_is_no_robot() {
    try (Lesson computer = Lesson.start("8", "compute", "http://localhost:9")) {
      assertThat(computer.program().exitStatus(Duration.ofSeconds(20))).isNotZero();
      assertThat(computer.program().output())
          .contains("http://localhost:9")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void the_readmes_commands_run_a_step_without_a_build_tool() throws IOException {
    Path root = Path.of("..").toAbsolutePath().normalize();
    Path home = Path.of("target/stands/tutorial-home").toAbsolutePath();
    Path agent = Stand.AGENT.resolve("../..").normalize();
    String readme = Files.readString(root.resolve("docs/tutorial/README.md"));
    String commands =
        readme
            .substring(
                readme.indexOf("cp browser-client/"), readme.indexOf("StringFromBrowser 8080"))
            .replace("farhand-agent-linux-x86_64", agent.getFileName().toString())
            .replace("\njava -cp", "\nexec java -cp");
    // The archive that the first command unpacks is tested by itself.
    String script =
        "set -e; rm -rf ~/myrobot ~/farhand-*; cp -r %s ~/\n%sStringFromBrowser 0\n"
            .formatted(agent, commands);
    Files.createDirectories(home);
    try (Program program =
            Program.start(
                home.resolveSibling("tutorial-home.log"),
                List.of("bash", "-c", "cd " + root + "\n" + script),
                Map.of("HOME", home.toString()));
        Lesson.Tab tab =
            new Lesson.Tab(
                chromium.desktop(), program.awaitLine("Open http://").replaceFirst("Open ", ""))) {
      tab.awaitText("#status", "Connected").page().locator("#press").click();
      program.awaitLine("Got message: Button Clicked!");
    }
  }

  @Test
  void the_script_lists_the_steps_and_refuses_what_is_none() {
    try (Lesson list = Lesson.start();
        Lesson none = Lesson.start("9");
        Lesson port = Lesson.start("2", "--port", "much")) {
      assertThat(list.program().exitStatus(Duration.ofSeconds(10))).isZero();
      assertThat(list.program().output()).contains("8  Java to Java");
      assertThat(none.program().exitStatus(Duration.ofSeconds(10))).isEqualTo(2);
      assertThat(port.program().exitStatus(Duration.ofSeconds(10))).isEqualTo(2);
      assertThat(port.program().output()).contains("--port takes a number");
    }
  }

  @Test
  void the_script_says_that_a_port_is_taken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0);
        Lesson lesson = Lesson.start("1", "--port", Integer.toString(taken.getLocalPort()))) {
      assertThat(lesson.program().exitStatus(Duration.ofSeconds(10))).isNotZero();
      assertThat(lesson.program().output())
          .contains("port " + taken.getLocalPort() + " is taken")
          .doesNotContain("Exception");
    }
  }

  private static List<String> wheels(Console console) {
    return console.page().locator("#values td").allTextContents().stream().sorted().toList();
  }

  private static List<String> moves(Lesson lesson) {
    return lines(lesson, "Moving");
  }

  private static List<String> lines(Lesson lesson, String beginning) {
    return lesson.program().output().lines().filter(line -> line.startsWith(beginning)).toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
