package dev.farhand.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** {@code farhand-agent join}, as it is shipped, at a real server with a real rover. */
class JoinFromTerminalTest {
  private static final Duration RECOVERY = Duration.ofSeconds(30);
  private static final Pattern X = Pattern.compile("pose\\.x (-?[0-9.]+)");
  private static final String UP = "\u001b[A";
  private static final String CONTROL_C = "\u0003";

  private Stand stand;
  private Program server;
  private Program rover;
  private int port;

  @BeforeEach
  void start(TestInfo test) {
    stand = new Stand("join-" + test.getTestMethod().orElseThrow().getName());
    server = stand.server("run", "--open", "--port", "0");
    port = Stand.port(server);
    rover = stand.rover("demo", port);
  }

  @AfterEach
  void stop() {
    stand.close();
  }

  @Test
  void a_script_saves_what_the_robot_sees() throws IOException {
    Path file = stand.folder().resolve("view.png");
    Program join = stand.agent("join", page(), "--picture", file.toString());
    assertThat(join.exitStatus(RECOVERY)).isZero();
    BufferedImage view = ImageIO.read(file.toFile());
    assertThat(view.getWidth()).isEqualTo(640);
    assertThat(view.getHeight()).isEqualTo(480);
    // Sky above, floor tiles below: bluer, and greyer.
    assertThat(blue(view, 60)).isGreaterThan(blue(view, 440) + 40);
  }

  @Test
  void a_person_drives_by_arrow_keys_through_the_servers_death_and_return() {
    try (Typist ann = Typist.start(stand.folder(), "join", page())) {
      ann.awaitText("Arrow keys drive");
      ann.hold(UP, () -> x(ann) > 0.3);
      Program.signal(server.process("dev.farhand.signaling.Main"), "KILL");
      ann.awaitText("The server is out of reach");
      double before = x(ann);
      ann.hold(UP, () -> x(ann) > before + 0.3);
      stand.server("run", "--open", "--port", Integer.toString(port));
      ann.awaitText("The server is back", RECOVERY);
      double then = x(ann);
      ann.hold("\u001b[B", () -> x(ann) < then - 0.2);
      ann.type(CONTROL_C);
      assertThat(ann.exitStatus(RECOVERY)).isZero();
    }
  }

  @Test
  void after_a_killed_agent_the_robot_is_joined_again_by_itself() {
    try (Typist ann = Typist.start(stand.folder(), "join", page())) {
      ann.awaitText("[connected]");
      Program.signal(rover.process("dev.farhand.agent.Main"), "KILL");
      ann.awaitText("reconnecting");
      stand.rover("demo", port);
      ann.holdUntilTold(UP);
      assertThat(x(ann)).as("what was held since before moves nothing").isZero();
      ann.hold(UP, () -> x(ann) > 0.3);
      ann.type(" ");
      ann.awaitText("the robot has stopped");
      ann.type(CONTROL_C);
      assertThat(ann.exitStatus(RECOVERY)).isZero();
    }
  }

  private String page() {
    return "http://localhost:" + port + "/r/demo";
  }

  /** The newest position on the screen. */
  private static double x(Typist typist) {
    List<String> all = new ArrayList<>();
    Matcher found = X.matcher(typist.output());
    while (found.find()) {
      all.add(found.group(1));
    }
    return all.isEmpty() ? 0 : Double.parseDouble(all.get(all.size() - 1));
  }

  /** How much bluer than red a row is, on average. */
  private static double blue(BufferedImage view, int row) {
    return IntStream.range(0, view.getWidth())
        .map(column -> view.getRGB(column, row))
        .map(rgb -> (rgb & 0xff) - ((rgb >> 16) & 0xff))
        .average()
        .orElseThrow();
  }
}
