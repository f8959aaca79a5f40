package dev.farhand.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Browsers and servers that hang or die while somebody drives, and another who looks on. */
class HangingProgramsTest {
  private static final Duration RECOVERY = Duration.ofSeconds(30);

  private Stand stand;
  private Chromium annsBrowser;
  private Chromium bobsBrowser;
  private Program server;
  private Program rover;
  private Console ann;
  private Console bob;
  private String url;

  @BeforeEach
  void start(TestInfo test) {
    stand = new Stand(test.getTestMethod().orElseThrow().getName());
    server = stand.server("run", "--open", "--port", "0");
    int port = Stand.port(server);
    rover = stand.rover("demo", port);
    annsBrowser = new Chromium();
    bobsBrowser = new Chromium();
    url = "http://localhost:" + port + "/r/demo";
    ann = new Console(annsBrowser.desktop(), url).awaitConnection("connected");
    bob = new Console(bobsBrowser.desktop(), url).awaitConnection("connected");
    ann.awaitMorePictures();
    bob.awaitMorePictures();
    ann.hold("w", RECOVERY, bob::moves);
  }

  @AfterEach
  void stop() {
    try (Stand s = stand;
        Chromium a = annsBrowser;
        Chromium b = bobsBrowser) {
      assertThat(s).isNotNull();
      assertThat(a).isNotNull();
      assertThat(b).isNotNull();
    }
  }

  @Test
  void a_killed_browser_stops_the_rover_and_somebody_else_can_drive() {
    annsBrowser.signal("KILL");
    bob.awaitStanding();
    bobDrives();
  }

  @Test
  void a_browser_that_hung_moves_nothing_when_it_goes_on() {
    annsBrowser.signal("STOP");
    bob.awaitStanding();
    bobDrives();
    annsBrowser.signal("CONT");
    ann.awaitConnection("connected", RECOVERY);
    ann.awaitMorePictures();
    ann.awaitMorePictures();
    // The key is still down, and its repetitions have piled up.
    assertThat(bob.speed()).as("nobody has let go of it").isLessThan(0.01);
    ann.page().keyboard().up("w");
  }

  @Test
  void a_server_that_hangs_is_not_missed_by_those_who_drive() {
    ProcessHandle hanging = server.process("dev.farhand.signaling.Main");
    Program.signal(hanging, "STOP");
    try {
      Await.until(
          "the agent has noticed", Duration.ofSeconds(60), () -> says("The server is lost") > 0);
      // In all that time it may have come to a wall.
      ann.page().keyboard().up("w");
      ann.awaitStanding();
      ann.drive("s");
      ann.page().keyboard().up("s");
      ann.awaitStanding();
      ann.awaitMorePictures();
    } finally {
      Program.signal(hanging, "CONT");
    }
    Console carol = new Console(bobsBrowser.desktop(), url).awaitConnection("connected", RECOVERY);
    carol.awaitMorePictures();
    ann.hold("s", RECOVERY, ann::moves);
    ann.page().keyboard().up("s");
  }

  private long says(String part) {
    return rover.output().lines().filter(line -> line.contains(part)).count();
  }

  /** As soon as the lease is free. */
  private void bobDrives() {
    bob.hold("w", RECOVERY, bob::moves);
    bob.page().keyboard().up("w");
    bob.awaitStanding();
  }
}
