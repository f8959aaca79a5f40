package dev.farhand.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.agent.driver.JournalDriver;
import dev.farhand.agent.driver.JournalDriver.Entry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The first movement: real processes, a real terminal. */
@Timeout(90)
class TryCommandTest {
  @TempDir private Path folder = Path.of("unset");
  private Installation robot;

  @BeforeEach
  void install() throws Exception {
    robot = new Installation(folder);
    robot.configure(
        "motion: {max-linear: 0.3}\ndrivers:\n" + robot.recording("base") + robot.recording("arm"));
  }

  @Test
  void it_moves_once_as_told_within_the_limits_of_the_robot_and_stands_again() throws Exception {
    try (ChildAgent once =
        robot.start(
            "try", "forward", "--yes", "--speed", "0.6", "--only", "base", "--beside-agent")) {
      assertThat(once.exitCode()).as(() -> once.lines().toString()).isZero();
      assertThat(once.lines())
          .anyMatch(line -> line.contains("forward, at 0.6") && line.contains("max-linear 0.3"));
    }
    List<Entry> turning = entries("base").stream().filter(Entry::turns).toList();
    assertThat(turning).isNotEmpty();
    assertThat(turning).allMatch(entry -> entry.linear() == 0.3 && entry.angular() == 0);
    Entry last = turning.get(turning.size() - 1);
    assertThat(Duration.ofNanos(last.nanos() - turning.get(0).nanos()))
        .isLessThan(Duration.ofSeconds(3));
    assertThat(entries("base")).last().matches(entry -> entry.act().equals("stop"));
    assertThat(entries("arm")).as("what was not asked for is not touched").isEmpty();
  }

  @Test
  void one_wheel_of_two_turns() throws Exception {
    try (ChildAgent once = robot.start("try", "left-wheel", "--yes", "--beside-agent")) {
      assertThat(once.exitCode()).as(() -> once.lines().toString()).isZero();
    }
    assertThat(entries("base").stream().filter(Entry::turns))
        .isNotEmpty()
        .allMatch(entry -> entry.linear() == 0.1 && entry.angular() == -0.1);
  }

  @Test
  void one_wheel_of_two_turns_also_where_turning_has_another_limit() throws Exception {
    robot.configure(
        "motion: {max-linear: 0.2, max-angular: 0.1, max-linear-acceleration: 1}\ndrivers:\n"
            + robot.recording("base"));
    try (ChildAgent once =
        robot.start("try", "left-wheel", "--speed", "0.4", "--yes", "--beside-agent")) {
      assertThat(once.exitCode()).as(() -> once.lines().toString()).isZero();
      assertThat(once.lines()).anyMatch(line -> line.contains("swap its two wires"));
    }
    assertThat(entries("base").stream().filter(Entry::turns))
        .isNotEmpty()
        .allMatch(entry -> entry.linear() == -entry.angular())
        .anyMatch(entry -> entry.linear() == 0.1);
  }

  @Test
  void at_a_terminal_it_asks_first_and_keys_turn_wheels_and_stop_them() throws Exception {
    try (ChildAgent keys = startAtTerminal("--seconds", "3", "--only", "base")) {
      assertThat(Await.until(() -> keys.shows("Type y, then Enter"))).isTrue();
      assertThat(entries("base")).isEmpty();
      keys.type("y\r");
      assertThat(keys.awaitLine(line -> line.contains("Any other key stops"))).isTrue();
      keys.type("\u001b[A");
      awaitTurning(entry -> entry.linear() == 0.2);
      keys.type(" ");
      awaitStop();
      keys.type("k");
      awaitTurning(entry -> entry.linear() == -0.1 && entry.angular() == -0.1);
      keys.type("q");
      assertThat(keys.awaitLine(line -> line.contains("status=0"))).isTrue();
      assertThat(keys.awaitLine(line -> line.contains(" icanon"))).isTrue();
      assertThat(entries("base")).last().matches(entry -> entry.act().equals("stop"));
    }
  }

  @Test
  void a_key_typed_before_the_move_takes_no_stop_away_from_those_during_it() throws Exception {
    // The time itself tells; three of them, because the machine may be late.
    boolean early = false;
    for (int i = 0; i < 3 && !early; i++) {
      int before = entries("base").size();
      try (ChildAgent keys =
          startAtTerminal("forward", "--seconds", "3", "--yes", "--only", "base")) {
        keys.type("x");
        assertThat(Await.until(() -> since(before).stream().anyMatch(Entry::turns))).isTrue();
        keys.type("x");
        assertThat(keys.awaitLine(line -> line.contains("status=0"))).isTrue();
      }
      List<Entry> turning = since(before).stream().filter(Entry::turns).toList();
      early =
          turning.get(turning.size() - 1).nanos() - turning.get(0).nanos()
              < Duration.ofMillis(2500).toNanos();
    }
    assertThat(early).as(() -> entries("base").toString()).isTrue();
  }

  @Test
  void letters_typed_before_the_keys_count_turn_no_wheel() throws Exception {
    try (ChildAgent keys = startAtTerminal("--seconds", "3", "--yes", "--only", "base")) {
      keys.type("u");
      assertThat(keys.awaitLine(line -> line.contains("Any other key stops"))).isTrue();
      keys.type("k");
      awaitTurning(entry -> entry.linear() == -0.1 && entry.angular() == -0.1);
      keys.type("q");
      assertThat(keys.awaitLine(line -> line.contains("status=0"))).isTrue();
    }
    assertThat(entries("base").stream().filter(Entry::turns))
        .allMatch(entry -> entry.linear() == -0.1 && entry.angular() == -0.1);
  }

  @Test
  void ctrl_c_and_a_terminal_that_goes_away_leave_no_wheel_turning() throws Exception {
    try (ChildAgent keys = startAtTerminal("forward", "--seconds", "3", "--yes")) {
      awaitTurning(entry -> entry.linear() == 0.2);
      keys.type("\u0003");
      assertThat(keys.awaitLine(line -> line.contains("status=0"))).isTrue();
      awaitStop();
    }
    int before = entries("base").size();
    try (ChildAgent keys = startAtTerminal("forward", "--seconds", "3", "--yes")) {
      assertThat(Await.until(() -> entries("base").stream().skip(before).anyMatch(Entry::turns)))
          .isTrue();
      long turning = entries("base").get(entries("base").size() - 1).nanos();
      // script(1), which is the terminal.
      keys.kill();
      awaitStop();
      Entry stop =
          entries("base").stream()
              .skip(before)
              .filter(e -> e.nanos() > turning)
              .filter(e -> !e.turns())
              .findFirst()
              .orElseThrow();
      assertThat(Duration.ofNanos(stop.nanos() - turning)).isLessThan(Duration.ofMillis(2500));
    }
  }

  @Test
  void whoever_does_not_say_yes_moves_nothing() throws Exception {
    try (ChildAgent keys = startAtTerminal("forward")) {
      assertThat(Await.until(() -> keys.shows("Type y, then Enter"))).isTrue();
      keys.type("n\r");
      assertThat(keys.awaitLine(line -> line.contains("Nothing was moved"))).isTrue();
    }
    try (ChildAgent script = robot.start("try", "forward")) {
      assertThat(script.exitCode()).isEqualTo(ExitCode.CONFIG.code());
      assertThat(script.lines()).anyMatch(line -> line.contains("--yes"));
    }
    assertThat(entries("base")).isEmpty();
  }

  @Test
  void a_driver_that_cannot_have_its_hardware_is_told_with_its_reason() throws Exception {
    robot.configure(
        "driver: {command: serial, settings: {port: /dev/serial/by-id/gone, baud: 9600, format: lines, scale: 255, drive: '{linear} {angular}', safe: '0'}}\n");
    try (ChildAgent once = robot.start("try", "forward", "--yes", "--beside-agent")) {
      assertThat(once.exitCode())
          .as(() -> once.lines().toString())
          .isEqualTo(ExitCode.NOT_TRIED.code());
      assertThat(once.lines())
          .anyMatch(line -> line.contains("/dev/serial/by-id/gone is away"))
          .anyMatch(line -> line.contains("the driver is not ready"));
    }
  }

  @Test
  void it_refuses_while_an_agent_may_have_the_same_motors() throws Exception {
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
                "--camera",
                "none")) {
      assertThat(agent.awaitLine(line -> line.startsWith("Registered as"))).isTrue();
      int before = entries("base").size();
      try (ChildAgent once = robot.start("try", "forward", "--yes")) {
        assertThat(once.exitCode()).isEqualTo(ExitCode.NOT_TRIED.code());
        assertThat(once.lines())
            .anyMatch(line -> line.contains("sudo systemctl stop farhand-agent"));
      }
      assertThat(entries("base").stream().skip(before).filter(Entry::turns)).isEmpty();
      // What is on the screen only collides with nothing.
      try (ChildAgent once = robot.start("try", "forward", "--yes", "--driver", "sim")) {
        assertThat(once.exitCode()).as(() -> once.lines().toString()).isZero();
      }
    }
  }

  private ChildAgent startAtTerminal(String... more) throws Exception {
    String[] arguments = new String[more.length + 2];
    arguments[0] = "try";
    arguments[1] = "--beside-agent";
    System.arraycopy(more, 0, arguments, 2, more.length);
    return ChildAgent.startAtTerminal(folder, arguments);
  }

  private List<Entry> entries(String driver) {
    return JournalDriver.read(robot.journal(driver));
  }

  private List<Entry> since(int before) {
    List<Entry> all = entries("base");
    return all.subList(before, all.size());
  }

  private void awaitTurning(Predicate<Entry> wanted) throws Exception {
    assertThat(Await.until(() -> entries("base").stream().anyMatch(wanted)))
        .as(() -> entries("base").toString())
        .isTrue();
  }

  private void awaitStop() throws Exception {
    assertThat(
            Await.until(
                () -> {
                  List<Entry> all = entries("base");
                  return !all.isEmpty() && !all.get(all.size() - 1).turns();
                }))
        .isTrue();
  }
}
