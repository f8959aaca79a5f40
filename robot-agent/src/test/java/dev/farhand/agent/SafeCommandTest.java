package dev.farhand.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.farhand.agent.driver.DriverMain;
import dev.farhand.agent.driver.JournalDriver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Outputs that are safe when nothing of the agent is left, by the steps of the shipped unit. */
@Timeout(120)
class SafeCommandTest {
  private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");

  @TempDir private Path folder = Path.of("unset");
  private Installation robot;

  @BeforeEach
  void install() throws Exception {
    robot = new Installation(folder);
  }

  @Test
  void after_agent_and_driver_were_killed_together_the_units_stop_step_makes_outputs_safe()
      throws Exception {
    try (RelayServer server = RelayServer.start()) {
      robot.configure(
          "server: " + server.uri() + "\nid: rover1\ndrivers:\n" + robot.recording("base"));
      try (ChildAgent agent = robot.startUnits("ExecStart", Map.of());
          Ride ride = new Ride(server, robot.journal("base"))) {
        assertThat(ride.turns(0)).as(() -> agent.lines().toString()).isTrue();
        killTogether(agent, ride);
        assertThat(ride.last().turns()).as("nobody has made them safe").isTrue();
      }
      try (ChildAgent safe = robot.startUnits("ExecStopPost", Map.of())) {
        assertThat(safe.exitCode()).as(() -> safe.lines().toString()).isZero();
        assertThat(safe.lines()).contains("ok       The outputs of base are safe");
      }
      assertThat(JournalDriver.read(robot.journal("base")))
          .last()
          .satisfies(entry -> assertThat(entry.act()).isEqualTo("stop"));
    }
  }

  /** In motion, and so that no process learns of another's end. */
  private static void killTogether(ChildAgent agent, Ride ride) throws Exception {
    List<ProcessHandle> all = agent.processes();
    assertThat(agent.processes(DriverMain.class.getName())).hasSize(1);
    signal("STOP", all);
    while (!ride.last().turns()) {
      signal("CONT", all);
      assertThat(Await.until(() -> ride.last().turns())).isTrue();
      signal("STOP", all);
    }
    signal("KILL", all);
    assertThat(Await.until(() -> all.stream().noneMatch(ProcessHandle::isAlive))).isTrue();
  }

  private static void signal(String name, List<ProcessHandle> processes) throws Exception {
    List<String> kill = new ArrayList<>(List.of("kill", "-" + name));
    processes.forEach(process -> kill.add(Long.toString(process.pid())));
    assertThat(new ProcessBuilder(kill).start().waitFor()).isZero();
  }

  @Test
  void one_driver_that_cannot_be_used_keeps_no_other_from_being_made_safe() throws Exception {
    robot.configure(
        "drivers:\n"
            + robot.recording("base")
            + "  arm: {command: [sh, -c, 'echo the bus is gone >&2; exit 4']}\n"
            + "  lamp: {command: /nowhere/lamp}\n");
    long began = System.nanoTime();
    try (ChildAgent safe = robot.start("safe", "--timeout", "10")) {
      assertThat(safe.exitCode()).isEqualTo(ExitCode.UNSAFE.code());
      assertThat(safe.lines())
          .contains("ok       The outputs of base are safe", "arm: the bus is gone")
          .anyMatch(line -> line.matches("problem .*arm may not be safe: .*exit code 4.*"))
          .anyMatch(line -> line.matches("problem .*lamp may not be safe: .*/nowhere/lamp.*"));
      assertThat(safe.lines().stream().filter("arm: the bus is gone"::equals)).hasSize(1);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(10));
    assertThat(JournalDriver.read(robot.journal("base")))
        .extracting(entry -> entry.act())
        .startsWith("start", "stop");
  }

  @Test
  void a_driver_that_hangs_is_not_waited_for_in_vain_and_does_not_outlive_it() throws Exception {
    Path pid = folder.resolve("pid");
    robot.configure(
        "driver: {command: [sh, -c, 'echo $$ > " + pid + "; trap \"\" TERM; exec sleep 600']}\n");
    try (ChildAgent safe = robot.start("safe", "--timeout", "10")) {
      assertThat(safe.exitCode()).isEqualTo(ExitCode.UNSAFE.code());
    }
    long left = Long.parseLong(Files.readString(pid).strip());
    assertThat(
            Await.until(() -> ProcessHandle.of(left).map(handle -> !handle.isAlive()).orElse(true)))
        .isTrue();
  }

  @Test
  void a_driver_that_a_predecessor_still_holds_up_is_tried_until_it_is_free() throws Exception {
    Path held = Files.createFile(folder.resolve("held"));
    Path ready = folder.resolve("ready.sh");
    Files.writeString(
        ready,
        """
        read -r configure
        [ ! -e '%s' ] || { echo 'it is in use' >&2; exit 1; }
        echo '{"type":"ready","name":"late"}'
        while read -r line; do :; done
        """
            .formatted(held));
    robot.configure("driver: {command: [sh, '" + ready + "']}\n");
    try (ChildAgent safe = robot.start("safe")) {
      assertThat(safe.awaitLine(line -> line.contains("it is in use"))).isTrue();
      Files.delete(held);
      assertThat(safe.exitCode()).as(() -> safe.lines().toString()).isZero();
    }
  }

  @Test
  void a_driver_that_may_take_longer_than_others_is_waited_for() throws Exception {
    String slow =
        "driver: {ready-within-s: 60, command: [sh, -c, 'sleep 13;"
            + " echo ''{\"type\":\"ready\",\"name\":\"late\"}''; cat >/dev/null']}\n";
    robot.configure(slow);
    try (ChildAgent safe = robot.start("safe")) {
      assertThat(safe.exitCode()).as(() -> safe.lines().toString()).isZero();
    }
    try (ChildAgent safe = robot.start("safe", "--timeout", "1")) {
      assertThat(safe.exitCode()).isEqualTo(ExitCode.UNSAFE.code());
      assertThat(safe.lines()).anyMatch(line -> line.contains("may take 60 s to be ready"));
    }
  }

  @Test
  void without_a_driver_there_is_nothing_to_do_and_a_wrong_file_is_told() throws Exception {
    robot.configure("driver: {command: none}\n");
    try (ChildAgent safe = robot.start("safe")) {
      assertThat(safe.exitCode()).isZero();
    }
    robot.configure("driver: {command: serial, settings: {}}\n");
    try (ChildAgent safe = robot.start("safe")) {
      assertThat(safe.exitCode()).isEqualTo(ExitCode.CONFIG.code());
      assertThat(safe.lines()).anyMatch(line -> line.contains("line 1"));
    }
  }

  @Test
  void without_a_file_that_says_what_moves_the_robot_nothing_is_called_safe() throws Exception {
    assumeThat(Path.of("/etc/farhand/robot.yaml")).as("of this machine itself").doesNotExist();
    try (ChildAgent safe = robot.start("safe")) {
      assertThat(safe.exitCode()).isEqualTo(ExitCode.CONFIG.code());
      assertThat(safe.lines())
          .anyMatch(line -> line.contains("no robot.yaml found"))
          .noneMatch(line -> line.startsWith("ok"));
    }
    try (ChildAgent safe = robot.start("safe", "--driver", "sim")) {
      assertThat(safe.exitCode()).as(() -> safe.lines().toString()).isZero();
    }
  }

  @Test
  void the_unit_leaves_its_stop_step_the_time_that_it_may_take() {
    String[] words = robot.unit("ExecStopPost").split(" ", -1);
    assertThat(words).containsSequence("safe", "--timeout", "10").contains("--config");
    // Two Java machines start meanwhile, on a small board.
    assertThat(Integer.parseInt(robot.unit("TimeoutStopSec"))).isGreaterThanOrEqualTo(15);
    assertThat(robot.unit("KillMode")).isEqualTo("control-group");
    assertThat(robot.unit("Restart")).isEqualTo("always");
    assertThat(robot.unit("RestartPreventExitStatus").split(" ", -1))
        .doesNotContain("70", "75", "134", "137");
  }

  static boolean systemdIsHere() {
    return Files.isExecutable(ANALYZE);
  }

  @Test
  @EnabledIf("systemdIsHere")
  void systemd_finds_nothing_wrong_with_the_unit() throws Exception {
    Path unit = Files.writeString(folder.resolve("farhand-agent.service"), robot.unit());
    try (ChildAgent verify =
        ChildAgent.startProgram(
            folder, Map.of(), List.of(ANALYZE.toString(), "verify", unit.toString()))) {
      assertThat(verify.exitCode()).isZero();
      assertThat(verify.lines()).isEmpty();
    }
  }
}
