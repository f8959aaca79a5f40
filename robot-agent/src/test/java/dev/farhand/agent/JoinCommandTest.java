package dev.farhand.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.farhand.agent.camera.Format;
import dev.farhand.agent.camera.TestCamera;
import dev.farhand.agent.driver.DriverSpec;
import dev.farhand.agent.session.SessionLimits;
import dev.farhand.agent.webrtc.Json;
import dev.farhand.protocol.Code;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code farhand-agent join} as a process, with a robot in this one. */
@Timeout(90)
class JoinCommandTest {
  private static final String UP = "\u001b[A";

  private final RelayServer server = RelayServer.start();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  @TempDir private Path folder = Path.of("unset");

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void lines_are_sent_and_messages_printed_until_the_inputs_end() throws Exception {
    try (Robot robot = rover();
        ChildAgent join = join("rover1", "--server", uri(), "--messages-only")) {
      join.type("turn the light on\n\n{\"light\": true}\n");
      assertThat(next()).isEqualTo("\"turn the light on\"");
      assertThat(next()).isEqualTo("{\"light\":true}");
      robot.send(Map.of("light", "on"));
      robot.send("two\nlines \u001b[2J");
      assertThat(join.awaitLine("two lines  [2J"::equals)).isTrue();
      join.type("the last");
      join.endInput();
      assertThat(join.exitCode()).isZero();
      assertThat(next()).isEqualTo("\"the last\"");
      assertThat(join.lines()).containsExactly("{\"light\":\"on\"}", "two lines  [2J");
    }
  }

  @Test
  void a_script_gets_everything_as_json() throws Exception {
    try (Robot robot = rover();
        ChildAgent join = join("rover1", "--server", uri(), "--json")) {
      assertThat(join.awaitLine(line -> line.contains("\"state\":\"connected\""))).isTrue();
      robot.send("hello");
      assertThat(join.awaitLine("{\"type\":\"message\",\"data\":\"hello\"}"::equals)).isTrue();
      assertThat(join.awaitLine(line -> line.startsWith("{\"type\":\"telemetry\",\"values\":{")))
          .isTrue();
      assertThat(join.awaitLine(line -> line.startsWith("{\"type\":\"motion\""))).isTrue();
      join.endInput();
      assertThat(join.exitCode()).isZero();
      assertThat(join.lines().stream().map(Json::read)).allMatch(JsonNode::isObject);
    }
  }

  @Test
  void a_picture_of_what_the_robot_sees_is_saved() throws Exception {
    Path file = folder.resolve("view.png");
    try (Robot robot = rover();
        ChildAgent join = join("rover1", "--server", uri(), "--picture", file.toString())) {
      assertThat(robot).isNotNull();
      assertThat(join.exitCode()).isZero();
      BufferedImage picture = ImageIO.read(file.toFile());
      assertThat(picture.getWidth()).isEqualTo(640);
      assertThat(picture.getHeight()).isEqualTo(480);
      assertThat(colour(picture, 45)).isEqualTo("white");
      assertThat(colour(picture, 137)).isEqualTo("yellow");
      assertThat(colour(picture, 502)).isEqualTo("red");
      assertThat(colour(picture, 594)).isEqualTo("blue");
    }
  }

  @Test
  void a_robot_that_shows_nothing_is_told() throws Exception {
    try (Robot blind = robot().start();
        ChildAgent join =
            join("rover1", "--server", uri(), "--picture", "view.png", "--timeout", "3")) {
      assertThat(blind).isNotNull();
      assertThat(join.exitCode()).isEqualTo(ExitCode.NO_PICTURE.code());
      assertThat(join.lines()).anyMatch(line -> line.contains("No picture came within 3 s"));
      assertThat(folder.resolve("view.png")).doesNotExist();
    }
  }

  @Test
  void a_robot_that_is_away_ends_it_with_the_reason_or_is_waited_for() throws Exception {
    try (ChildAgent join = join("rover1", "--server", uri())) {
      assertThat(join.exitCode()).isEqualTo(ExitCode.UNREACHABLE.code());
      assertThat(join.lines()).anyMatch(line -> line.contains("(robot-away)"));
    }
    try (ChildAgent join = join("rover1", "--server", uri(), "--wait")) {
      assertThat(join.awaitLine(line -> line.startsWith("waiting"))).isTrue();
      try (Robot robot = rover()) {
        assertThat(robot).isNotNull();
        join.type("at last\n");
        assertThat(next()).isEqualTo("\"at last\"");
        join.terminate();
        assertThat(join.exitCode()).isZero();
      }
    }
  }

  @Test
  void a_link_brings_server_and_token_and_a_wrong_token_is_told() throws Exception {
    server.admits(request -> "s+cret".equals(request.token()));
    String page = uri().replace("ws:", "http:") + "/r/rover1";
    try (Robot robot = rover();
        ChildAgent right = join(page + "#token=s%2Bcret");
        ChildAgent wrong = join(page)) {
      assertThat(robot).isNotNull();
      assertThat(right.awaitLine("connected"::equals)).isTrue();
      assertThat(wrong.exitCode()).isEqualTo(ExitCode.TOKEN.code());
    }
  }

  @Test
  void an_operator_that_is_killed_without_a_goodbye_is_missed_after_a_while() throws Exception {
    SessionLimits limits =
        new SessionLimits(8, 200, Duration.ofSeconds(30), Duration.ofSeconds(1), 2000);
    try (Robot robot = registered(robot().limits(limits).start());
        ChildAgent join = join("rover1", "--server", uri())) {
      assertThat(robot).isNotNull();
      assertThat(join.awaitLine("connected"::equals)).isTrue();
      join.kill();
      assertThat(server.nextLeaveOfTheRobot().orElseThrow().code()).isEqualTo(Code.OPERATOR_LOST);
    }
  }

  @Test
  void what_is_wrong_with_the_command_line_is_told() throws Exception {
    try (ChildAgent noServer = join("rover1");
        ChildAgent badId = join("../x", "--server", uri());
        ChildAgent badLink = join("https://a/b");
        ChildAgent tooFast = join("rover1", "--server", uri(), "--speed", "2")) {
      assertThat(noServer.exitCode()).isEqualTo(ExitCode.CONFIG.code());
      assertThat(badId.exitCode()).isEqualTo(ExitCode.CONFIG.code());
      assertThat(badLink.exitCode()).isEqualTo(ExitCode.CONFIG.code());
      assertThat(tooFast.exitCode()).isEqualTo(ExitCode.CONFIG.code());
    }
  }

  @Test
  void a_person_drives_stops_arms_types_and_gets_the_terminal_back() throws Exception {
    try (Robot robot = rover();
        ChildAgent join = ChildAgent.startAtTerminal(folder, "join", "rover1", "--server", uri())) {
      assertThat(join.awaitLine(line -> line.contains("Arrow keys drive"))).isTrue();
      assertThat(pressing(join, UP, "follows its driver")).as("it is driven").isTrue();
      join.type(" ");
      assertThat(join.awaitLine(line -> line.contains("the robot has stopped"))).isTrue();
      assertThat(join.awaitLine(line -> line.contains("You pressed STOP. Press Tab"))).isTrue();
      assertThat(robot).isNotNull();
      join.type("\t");
      assertThat(join.awaitLine(line -> line.contains("armed"))).isTrue();
      join.type("two words\r");
      assertThat(next()).isEqualTo("\"two words\"");
      robot.send(List.of("and", "back"));
      assertThat(join.awaitLine(line -> line.contains("< [\"and\",\"back\"]"))).isTrue();
      join.type("\u0003");
      assertThat(join.awaitLine(line -> line.contains("status=0"))).isTrue();
      assertThat(join.awaitLine(line -> line.contains(" icanon"))).isTrue();
      assertThat(join.lines()).anyMatch(line -> line.contains(" echo "));
    }
  }

  @Test
  void rule_4_people_at_terminals_ask_refuse_and_give() throws Exception {
    try (Robot robot = rover();
        ChildAgent ann = ChildAgent.startAtTerminal(folder, "join", "rover1", "--server", uri())) {
      assertThat(robot).isNotNull();
      assertThat(pressing(ann, UP, "follows its driver")).isTrue();
      server.expects("bob");
      try (ChildAgent script = join("rover1", "--server", uri(), "--json");
          ChildAgent bob =
              ChildAgent.startAtTerminal(folder, "join", "rover1", "--server", uri())) {
        assertThat(bob.awaitLine(line -> line.contains("path: "))).isTrue();
        bob.type("\u0001");
        assertThat(bob.awaitLine(line -> line.contains("You ask to drive"))).isTrue();
        assertThat(ann.awaitLine(line -> line.contains("bob asks to drive"))).isTrue();
        assertThat(script.awaitLine(line -> line.contains("\"name\":\"bob\",\"millisLeft\":")))
            .isTrue();
        ann.type("\u0012");
        assertThat(bob.awaitLine(line -> line.contains("ann keeps the robot"))).isTrue();
        bob.type("\u0014");
        assertThat(bob.awaitLine(line -> line.contains("Only an owner can take over"))).isTrue();
        server.expects("cat");
        try (ChildAgent cat =
            ChildAgent.startAtTerminal(folder, "join", "rover1", "--server", uri())) {
          assertThat(cat.awaitLine(line -> line.contains("path: "))).isTrue();
          cat.type("\u0001");
          assertThat(ann.awaitLine(line -> line.contains("cat asks to drive"))).isTrue();
          ann.type("\u0007");
          assertThat(cat.awaitLine(line -> line.contains("you drive"))).isTrue();
          assertThat(cat.awaitLine(line -> line.contains("asks for no motion"))).isTrue();
          assertThat(pressing(cat, UP, "follows its driver")).isTrue();
        }
      }
    }
  }

  /** What a bar of the test picture looks like, whatever video has made of its exact colour. */
  private static String colour(BufferedImage picture, int column) {
    Color pixel = new Color(picture.getRGB(column, 100));
    String bright =
        (pixel.getRed() > 120 ? "r" : "")
            + (pixel.getGreen() > 120 ? "g" : "")
            + (pixel.getBlue() > 120 ? "b" : "");
    return switch (bright) {
      case "rgb" -> "white";
      case "rg" -> "yellow";
      case "r" -> "red";
      case "b" -> "blue";
      default -> pixel.toString();
    };
  }

  /**
   * Presses it as a keyboard repeats a key that is held, and lets go while the screen asks for
   * that, as it does when the key was down before the robot could follow, or came late.
   */
  private static boolean pressing(ChildAgent join, String key, String shown) throws Exception {
    return Await.until(
        () -> {
          try {
            if (!join.bottom().contains("Let go of all keys")) {
              join.type(key);
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return join.shows(shown);
        });
  }

  private Robot rover() throws Exception {
    return registered(robot().camera(new TestCamera("front", Format.VGA)).start());
  }

  private Robot.Builder robot() {
    return Robot.builder()
        .server(uri())
        .id("rover1")
        .driver(
            DriverSpec.builtIn(
                "sim", JsonNodeFactory.instance.objectNode(), Duration.ofMillis(300)))
        .onMessage((operator, message) -> heard.add(message.toString()));
  }

  private static Robot registered(Robot robot) throws Exception {
    robot.registered().get(10, TimeUnit.SECONDS);
    return robot;
  }

  private ChildAgent join(String... arguments) throws Exception {
    String[] all = new String[arguments.length + 1];
    all[0] = "join";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return ChildAgent.start(folder, Map.of(), all);
  }

  private String uri() {
    return server.uri().toString();
  }

  private String next() throws InterruptedException {
    String message = heard.poll(20, TimeUnit.SECONDS);
    assertThat(message).isNotNull();
    return message;
  }
}
