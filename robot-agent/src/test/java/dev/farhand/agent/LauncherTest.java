package dev.farhand.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.agent.driver.DriverMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shipped launcher, when the Java machine below it breaks. */
@Timeout(120)
class LauncherTest {
  private static final int CRASHED = 134;
  private static final int TERMINATED = 143;

  @TempDir private Path folder = Path.of("unset");
  private Installation robot;

  @BeforeEach
  void install() throws Exception {
    robot = new Installation(folder);
  }

  @Test
  void a_driver_that_hangs_as_the_agent_crashes_is_gone_before_the_next_agent_comes()
      throws Exception {
    try (RelayServer server = RelayServer.start()) {
      configure(server);
      try (ChildAgent agent = robot.startUnits("ExecStart", Map.of());
          Ride ride = new Ride(server, robot.journal("base"))) {
        assertThat(ride.turns(0)).as(() -> agent.lines().toString()).isTrue();
        List<ProcessHandle> drivers = crashWhileDriversHang(agent);
        try {
          assertThat(Await.until(() -> drivers.stream().noneMatch(ProcessHandle::isAlive)))
              .as(() -> agent.lines().toString())
              .isTrue();
        } finally {
          drivers.forEach(ProcessHandle::destroyForcibly);
        }
        assertThat(Await.until(() -> actsOfSecond(ride).size() > 1)).isTrue();
        assertThat(actsOfSecond(ride)).startsWith("start", "stop");
        assertThat(Await.until(() -> actsOfSecond(ride).contains("move"))).isTrue();
        assertThat(agent.isAlive()).isTrue();
      }
    }
  }

  @Test
  void where_systemd_has_started_it_a_crash_is_left_to_systemd() throws Exception {
    try (RelayServer server = RelayServer.start()) {
      configure(server);
      Map<String, String> service = Map.of("INVOCATION_ID", "0123456789abcdef0123456789abcdef");
      try (ChildAgent agent = robot.startUnits("ExecStart", service)) {
        awaitRegistered(agent);
        List<ProcessHandle> drivers = crashWhileDriversHang(agent);
        try {
          assertThat(agent.exitCode()).isEqualTo(CRASHED);
        } finally {
          drivers.forEach(ProcessHandle::destroyForcibly);
        }
      }
    }
  }

  @Test
  void asked_to_end_between_two_agents_it_does() throws Exception {
    try (RelayServer server = RelayServer.start()) {
      configure(server);
      try (ChildAgent agent = robot.startUnits("ExecStart", Map.of())) {
        awaitRegistered(agent);
        List<ProcessHandle> drivers = crashWhileDriversHang(agent);
        agent.terminate();
        // If the next was quicker, it ended well.
        assertThat(agent.exitCode()).isIn(TERMINATED, ExitCode.OK.code());
        assertThat(Await.until(() -> drivers.stream().noneMatch(ProcessHandle::isAlive))).isTrue();
      }
    }
  }

  @Test
  void ctrl_z_stops_the_agent_and_not_the_drivers_who_make_safe() throws Exception {
    try (RelayServer server = RelayServer.start()) {
      configure(server);
      try (ChildAgent agent = robot.startUnits("ExecStart", Map.of());
          Ride ride = new Ride(server, robot.journal("base"))) {
        assertThat(ride.turns(0)).as(() -> agent.lines().toString()).isTrue();
        List<ProcessHandle> launcher = agent.processes().subList(0, 1);
        List<ProcessHandle> java = agent.processes(Main.class.getName());
        signal("TSTP", launcher);
        try {
          assertThat(Await.until(() -> isStopped(java.get(0)) && isStopped(launcher.get(0))))
              .isTrue();
          assertThat(Await.until(() -> !ride.last().turns())).as("by the driver itself").isTrue();
        } finally {
          signal("CONT", launcher);
        }
        assertThat(ride.turns(ride.entries().size())).as("after fg").isTrue();
      }
    }
  }

  @Test
  void ctrl_backslash_tells_what_the_threads_do_and_ends_nothing() throws Exception {
    try (RelayServer server = RelayServer.start()) {
      configure(server);
      try (ChildAgent agent = robot.startUnits("ExecStart", Map.of())) {
        awaitRegistered(agent);
        signal("QUIT", agent.processes().subList(0, 1));
        assertThat(agent.awaitLine(line -> line.startsWith("Full thread dump"))).isTrue();
        agent.terminate();
        assertThat(agent.exitCode()).isEqualTo(ExitCode.OK.code());
      }
    }
  }

  private static boolean isStopped(ProcessHandle process) {
    try {
      String status = Files.readString(Path.of("/proc/" + process.pid() + "/status"));
      return status.contains("State:\tT");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void configure(RelayServer server) throws Exception {
    robot.configure(
        "server: " + server.uri() + "\nid: rover1\ndrivers:\n" + robot.recording("base"));
  }

  private static void awaitRegistered(ChildAgent agent) throws Exception {
    assertThat(agent.awaitLine(line -> line.startsWith("Registered as")))
        .as(() -> agent.lines().toString())
        .isTrue();
    assertThat(Await.until(() -> agent.processes(DriverMain.class.getName()).size() == 1)).isTrue();
  }

  /** Without the agent noticing that its drivers hang. */
  private static List<ProcessHandle> crashWhileDriversHang(ChildAgent agent) throws Exception {
    List<ProcessHandle> drivers = agent.processes(DriverMain.class.getName());
    List<ProcessHandle> agents = agent.processes(Main.class.getName());
    assertThat(drivers).hasSize(1);
    assertThat(agents).hasSize(1);
    List<ProcessHandle> both = new ArrayList<>(agents);
    both.addAll(drivers);
    signal("STOP", both);
    signal("ABRT", agents);
    signal("CONT", agents);
    assertThat(Await.until(() -> !agents.get(0).isAlive())).isTrue();
    return drivers;
  }

  /** What the second driver did. */
  private static List<String> actsOfSecond(Ride ride) {
    List<String> acts = ride.entries().stream().map(entry -> entry.act()).toList();
    int second = acts.lastIndexOf("start");
    return second > acts.indexOf("start") ? acts.subList(second, acts.size()) : List.of();
  }

  private static void signal(String name, List<ProcessHandle> processes) throws Exception {
    List<String> kill = new ArrayList<>(List.of("kill", "-" + name));
    processes.forEach(process -> kill.add(Long.toString(process.pid())));
    assertThat(new ProcessBuilder(kill).start().waitFor()).isZero();
  }
}
