package dev.farhand.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.agent.driver.JournalDriver.Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An agent that hangs, or whose memory is full, while it is driven: the shipped launcher, a real
 * one.
 */
@Timeout(180)
class HangingAgentTest {
  /**
   * The driver's 300 ms, and what a busy machine may add; sooner than the agent ends a loop that
   * hangs.
   */
  private static final Duration TIMEOUT = Duration.ofSeconds(4);

  @TempDir private Path folder = Path.of("unset");

  @Test
  void a_hanging_loop_stops_the_robot_is_told_with_its_stack_and_mended_by_a_new_start()
      throws Exception {
    stops_and_comes_back(Saboteur.HANG, line -> line.contains("Saboteur.hang"));
  }

  @Test
  void a_full_heap_stops_the_robot_and_is_mended_by_a_new_start() throws Exception {
    stops_and_comes_back(Saboteur.FILL, line -> line.contains("OutOfMemory encountered"));
  }

  private void stops_and_comes_back(String sabotage, Predicate<String> told) throws Exception {
    Installation robot = new Installation(folder);
    Path logging =
        Files.writeString(
            folder.resolve("logging.properties"), "handlers=" + Saboteur.class.getName() + "\n");
    Map<String, String> options =
        Map.of("FARHAND_JAVA_OPTS", "-Djava.util.logging.config.file=" + logging);
    try (RelayServer server = RelayServer.start()) {
      robot.configure(
          "server: " + server.uri() + "\nid: rover1\ndrivers:\n" + robot.recording("base"));
      try (ChildAgent agent = robot.startUnits("ExecStart", options);
          Ride ride = Ride.holding(server, robot.journal("base"))) {
        assertThat(ride.turns(0)).as(() -> agent.lines().toString()).isTrue();
        ride.sends(sabotage);
        assertThat(agent.awaitLine(told)).as(() -> agent.lines().toString()).isTrue();
        // Wheels that turned are stopped by the driver, on its own; after what was told.
        assertThat(Await.until(() -> !ride.last().turns())).isTrue();
        List<Entry> entries = ride.entries();
        int lastTurning = lastTurning(entries);
        assertThat(lastTurning).isNotNegative().isLessThan(entries.size() - 1);
        Entry safe = entries.get(lastTurning + 1);
        assertThat(safe.act()).isEqualTo("stop");
        assertThat(Duration.ofNanos(safe.nanos() - entries.get(lastTurning).nanos()))
            .isLessThan(TIMEOUT);
        assertThat(
                Await.until(
                    () ->
                        agent.lines().stream().filter(l -> l.startsWith("Registered as")).count()
                            == 2))
            .as(() -> agent.lines().toString())
            .isTrue();
        ride.letsGo();
        assertThat(ride.turns(entries.size())).as("it is driven again").isTrue();
        assertThat(agent.isAlive()).as("the launcher, which nobody has started anew").isTrue();
      }
    }
  }

  private static int lastTurning(List<Entry> entries) {
    int last = entries.size() - 1;
    while (last >= 0 && !entries.get(last).turns()) {
      last--;
    }
    return last;
  }

  @Test
  void a_loop_that_hangs_because_nobody_reads_what_it_logs_ends_the_process_too() throws Exception {
    Path flood = folder.resolve("flood.sh");
    Files.writeString(flood, "while echo " + "x".repeat(1000) + " >&2; do :; done");
    try (FakeServer server = FakeServer.start();
        ChildAgent agent =
            ChildAgent.startUnread(
                folder,
                "run",
                "--server",
                server.uri().toString(),
                "--id",
                "rover1",
                "--driver",
                "sh " + flood,
                "--camera",
                "none")) {
      assertThat(agent.awaitLoopHangingInWrite()).isTrue();
      List<ProcessHandle> drivers = agent.processes(flood.toString());
      assertThat(agent.exitCode()).isEqualTo(ExitCode.RESTART.code());
      assertThat(drivers).isNotEmpty();
      assertThat(Await.until(() -> drivers.stream().noneMatch(ProcessHandle::isAlive))).isTrue();
    }
  }

  @Test
  void a_process_that_was_stopped_for_longer_goes_on_where_it_was() throws Exception {
    try (FakeServer server = FakeServer.start();
        ChildAgent agent =
            ChildAgent.start(
                folder,
                Map.of(),
                "run",
                "--server",
                server.uri().toString(),
                "--id",
                "rover1",
                "--driver",
                "none",
                "--camera",
                "none")) {
      assertThat(agent.awaitLine(line -> line.startsWith("Registered as"))).isTrue();
      ProcessHandle process = agent.processes().get(0);
      signal("STOP", process);
      // The time itself is what is tried here: longer than a loop may hang.
      TimeUnit.SECONDS.sleep(8);
      signal("CONT", process);
      TimeUnit.SECONDS.sleep(2);
      assertThat(agent.isAlive()).as(() -> agent.lines().toString()).isTrue();
      agent.terminate();
      assertThat(agent.exitCode()).isEqualTo(ExitCode.OK.code());
    }
  }

  private static void signal(String name, ProcessHandle process) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }
}
