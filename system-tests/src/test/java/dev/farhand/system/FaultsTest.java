package dev.farhand.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Pulled cables and killed processes, while somebody drives. */
class FaultsTest {
  private static final Duration RECOVERY = Duration.ofSeconds(30);

  private Stand stand;
  private Chromium chromium;
  private Program server;
  private Program rover;
  private int port;
  private Console ann;

  @BeforeEach
  void start(TestInfo test) {
    stand = new Stand(test.getTestMethod().orElseThrow().getName());
    server = stand.server("run", "--open", "--port", "0");
    port = Stand.port(server);
    rover = stand.rover("demo", port);
    chromium = new Chromium();
    ann = new Console(chromium.desktop(), url()).awaitConnection("connected");
    ann.awaitMorePictures();
  }

  @AfterEach
  void stop() {
    try (Stand s = stand;
        Chromium c = chromium) {
      assertThat(s).isNotNull();
      assertThat(c).isNotNull();
    }
  }

  private String url() {
    return "http://localhost:" + port + "/r/demo";
  }

  @Test
  void a_killed_server_does_not_end_the_drive_and_sessions_resume_after_its_return() {
    ann.drive("w");
    String fragment = ann.iceFragment();
    Program.signal(server.process("dev.farhand.signaling.Main"), "KILL");
    Await.until("the server is dead", Duration.ofSeconds(5), () -> !server.alive());
    ann.awaitMorePictures();
    assertThat(ann.speed()).as("it is still driven").isGreaterThan(0.05);
    ann.page().keyboard().up("w");
    ann.awaitStanding();
    ann.drive("s");
    ann.page().keyboard().up("s");

    stand.server("run", "--open", "--port", Integer.toString(port));
    Await.until(
        "the agent is registered again",
        RECOVERY,
        () -> rover.output().lines().filter(l -> l.contains("knows this robot")).count() == 2);
    ann.awaitConnection("connected", RECOVERY);
    ann.awaitText("log", "server is back");
    Await.until(
        "an ICE restart of the old session has succeeded",
        RECOVERY,
        () -> !ann.iceFragment().equals(fragment));
    assertThat(ann.peers()).as("it is the old session").isEqualTo(1);
    ann.awaitMorePictures();
    ann.drive("w");
    ann.page().keyboard().up("w");
    ann.awaitStanding();

    Console bob = new Console(chromium.desktop(), url()).awaitConnection("connected");
    bob.awaitMorePictures();
  }

  @Test
  void after_a_killed_agent_the_driver_stops_by_itself_and_the_page_comes_back() {
    ann.drive("w");
    ProcessHandle driver = rover.process("DriverMain");
    Program.signal(rover.process("dev.farhand.agent.Main"), "KILL");
    Await.until(
        "the driver has made its outputs safe and ended", RECOVERY, () -> !driver.isAlive());
    ann.awaitConnection("reconnecting");
    ann.screenshot("console-1280-reconnecting");
    ann.page().keyboard().up("w");
    // Pressed during the outage and held: nobody has let go when the robot is back.
    ann.page().keyboard().down("w");
    stand.rover("demo", port);
    ann.awaitConnection("connected", RECOVERY);
    ann.awaitMorePictures();
    ann.awaitMorePictures();
    assertThat(ann.speed()).as("it waits until the key was up").isZero();
    ann.page().keyboard().up("w");
    ann.hold("s", RECOVERY, ann::moves);
    ann.page().keyboard().up("s");
  }

  @Test
  void a_driver_that_was_stopped_for_ten_seconds_does_not_move_on_old_lines() {
    ann.drive("w");
    ProcessHandle driver = rover.process("DriverMain");
    Program.signal(driver, "STOP");
    Await.until(
        "the agent has another driver or none",
        RECOVERY,
        () -> rover.processes("DriverMain").noneMatch(driver::equals));
    Program.signal(driver, "CONT");
    ann.page().keyboard().up("w");
    ann.awaitStanding();
    ann.hold("w", RECOVERY, ann::moves);
    ann.page().keyboard().up("w");
    ann.awaitStanding();
  }
}
