package dev.farhand.agent.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.farhand.agent.driver.DriverFault.Code;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example in {@code docs/drivers.md}, run as it stands. */
@Timeout(60)
class PythonDriverTest {
  private static final Path EXAMPLE = Path.of("..", "deploy/examples/python-driver/driver.py");
  private static final long LONG = TimeUnit.SECONDS.toNanos(60);

  private final Path errors;

  PythonDriverTest(@TempDir Path folder) {
    this.errors = folder.resolve("stderr");
  }

  @Test
  void it_drives_and_answers_and_stops_when_motion_falls_silent() {
    try (Bench bench = new Bench(Bench.patient(Bench.command("python3", EXAMPLE.toString())))) {
      assertThat(bench.next(Bench.Ready.class).name()).isEqualTo("two motors");
      bench.drivesUntil(0.5, 0.25, values -> left(values) == 0.25);
      bench.next(Bench.Values.class, report -> left(report.values()) == 0);
      JsonNode ping = JsonNodeFactory.instance.objectNode().put("data", "ping");
      Operator ann = new Operator("o-ann", "ann");
      bench.onLoop(
          () -> {
            bench.driver.opened("s-1", ann, Role.DRIVER);
            bench.driver.message("s-1", ann, Role.DRIVER, ping, false);
          });
      Bench.Message pong = bench.next(Bench.Message.class);
      assertThat(pong.sessionId()).contains("s-1");
      assertThat(pong.data().path("data").asText()).isEqualTo("pong");
      assertThat(bench.hasNo(DriverFault.class)).isTrue();
    }
  }

  @Test
  void stand_means_stand_also_for_a_trimmed_robot() throws Exception {
    String trimmed =
        """
        def write(self, speeds):
            self.trim = 0.5
            written(self, speeds)
        """;
    try (RawDriver driver = raw(trimmed)) {
      driver.acknowledged(driver.motion(0.5, 0, System.nanoTime() + LONG));
      assertThat(lastOutput()).isEqualTo("motors: left 0.5, right 0.75");
      driver.acknowledged(driver.motion(0, 0, System.nanoTime() + LONG));
      assertThat(lastOutput()).isEqualTo("motors: left 0, right 0");
    }
  }

  @Test
  void a_stopped_one_is_replaced_while_it_is_driven() throws Exception {
    try (Bench bench = new Bench(Bench.command("python3", EXAMPLE.toString()))) {
      bench.next(Bench.Ready.class);
      bench.drivesUntil(0.5, 0, values -> left(values) == 0.5);
      SimDriverTest.signal("STOP", SimDriverTest.child());
      bench.motion(0.5, 0);
      assertThat(bench.next(DriverFault.class).code()).isEqualTo(Code.NOT_ACKNOWLEDGED);
      bench.next(Bench.Ready.class);
    }
  }

  @Test
  void its_outputs_are_safe_when_stdin_closes() throws Exception {
    try (RawDriver driver = raw()) {
      driver.acknowledged(driver.motion(0.5, 0, System.nanoTime() + LONG));
      driver.closeStdin();
      assertThat(driver.exitCode()).isZero();
      assertThat(lastOutput()).isEqualTo("motors: left 0, right 0");
      assertThat(Files.readString(errors)).contains("left 0.5, right 0.5");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "HUP", "INT"})
  void its_outputs_are_safe_after_a_signal(String signal) throws Exception {
    try (RawDriver driver = raw()) {
      driver.acknowledged(driver.motion(0.5, 0, System.nanoTime() + LONG));
      SimDriverTest.signal(signal, driver.process.pid());
      assertThat(driver.exitCode()).isZero();
      assertThat(lastOutput()).isEqualTo("motors: left 0, right 0");
    }
  }

  @Test
  void a_second_signal_does_not_break_into_the_stop() throws Exception {
    String slow =
        """
        def write(self, speeds):
            if self.speeds and speeds == (0.0, 0.0):
                driver.tell("stopping")
                time.sleep(0.3)
            written(self, speeds)
        """;
    try (RawDriver driver = raw(slow)) {
      driver.acknowledged(driver.motion(0.5, 0, System.nanoTime() + LONG));
      driver.closeStdin();
      awaitLastOutput("stopping");
      SimDriverTest.signal("TERM", driver.process.pid());
      SimDriverTest.signal("HUP", driver.process.pid());
      assertThat(driver.exitCode()).isZero();
      assertThat(lastOutput()).isEqualTo("motors: left 0, right 0");
    }
  }

  @Test
  void a_stop_that_fails_is_written_again() throws Exception {
    String failing =
        """
        def write(self, speeds):
            if self.speeds == (0.5, 0.5) and speeds == (0.0, 0.0) and not failed:
                failed.append(True)
                raise OSError("the bus is busy")
            written(self, speeds)
        """;
    try (RawDriver driver = raw(failing)) {
      driver.acknowledged(driver.motion(0.5, 0, System.nanoTime() + LONG));
      assertThat(driver.exitCode()).isEqualTo(1);
      assertThat(Files.readAllLines(errors))
          .containsSubsequence("motors: left 0.5, right 0.5", "motors: left 0, right 0")
          .contains("OSError: the bus is busy");
    }
  }

  @Test
  void it_goes_on_when_nobody_is_left_to_read_stderr() throws Exception {
    try (RawDriver driver =
        new RawDriver(Bench.shell("exec python3 '" + EXAMPLE + "' 2>/dev/full"))) {
      driver.acknowledged(driver.motion(0.5, 0, System.nanoTime() + LONG));
      driver.closeStdin();
      assertThat(driver.exitCode()).isZero();
    }
  }

  @Test
  void its_outputs_are_safe_when_motion_falls_silent_though_nobody_reads_what_it_says()
      throws Exception {
    try (RawDriver driver = raw()) {
      // Fills its stdout: acknowledgements of lines that nobody takes up.
      for (int i = 0; i < 8000; i++) {
        driver.motion(0.5, 0, System.nanoTime() + LONG);
      }
      awaitLastOutput("motors: left 0, right 0");
      assertThat(Files.readString(errors)).contains("left 0.5, right 0.5");
      assertThat(driver.process.isAlive()).isTrue();
    }
  }

  @Test
  void it_does_not_act_on_old_lines_after_it_was_stopped() throws Exception {
    try (RawDriver driver = raw()) {
      driver.acknowledged(driver.motion(0.5, 0, System.nanoTime() + 200_000_000));
      SimDriverTest.signal("STOP", driver.process.pid());
      long last = 0;
      long until = 0;
      for (int i = 0; i < 100; i++) {
        until = System.nanoTime() + 1_000_000;
        last = driver.motion(0.9, 0, until);
      }
      while (System.nanoTime() - until <= 0) {
        Thread.onSpinWait();
      }
      SimDriverTest.signal("CONT", driver.process.pid());
      driver.acknowledged(last);
      awaitLastOutput("motors: left 0, right 0");
      assertThat(Files.readString(errors)).doesNotContain("0.9");
    }
  }

  @Test
  void the_documentation_quotes_it_as_it_is() throws Exception {
    String documentation = Files.readString(Path.of("..", "docs", "drivers.md"));
    assertThat(documentation).contains(Files.readString(EXAMPLE));
  }

  private RawDriver raw() throws IOException {
    return new RawDriver(
        Bench.shell("exec python3 '" + EXAMPLE.toAbsolutePath() + "' 2>'" + errors + "'"));
  }

  /** With another {@code Motors.write}; the example's own is {@code written} there. */
  private RawDriver raw(String write) throws IOException {
    String program =
        """
        import sys, time
        sys.path.insert(0, "%s")
        sys.dont_write_bytecode = True
        import driver
        written = driver.Motors.write
        failed = []
        %s
        driver.Motors.write = write
        driver.main()
        """
            .formatted(EXAMPLE.toAbsolutePath().getParent(), write);
    Path file = errors.resolveSibling("motors.py");
    Files.writeString(file, program);
    return new RawDriver(Bench.shell("exec python3 '" + file + "' 2>'" + errors + "'"));
  }

  private String lastOutput() throws IOException {
    List<String> lines = Files.readAllLines(errors);
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
  }

  private void awaitLastOutput(String line) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (Files.readAllLines(errors).size() < 3 || !lastOutput().equals(line)) {
      assertThat(System.nanoTime()).as("waiting for '" + line + "'").isLessThan(end);
      Thread.sleep(5);
    }
  }

  private static double left(JsonNode values) {
    return values.path("left").asDouble();
  }
}
