package dev.farhand.agent.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The child's own side of safety, with nobody there to help it. */
@Timeout(60)
class DriverRunnerTest {
  private static final long LONG = TimeUnit.SECONDS.toNanos(60);

  private final Path folder;

  DriverRunnerTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void outputs_are_safe_at_the_start() throws Exception {
    try (RawDriver driver = recording()) {
      assertThat(driver.process.isAlive()).isTrue();
      assertThat(recorded()).containsExactly("start rover1", "stop");
    }
  }

  @Test
  void outputs_are_safe_when_motion_falls_silent_whatever_its_until() throws Exception {
    try (RawDriver driver = recording()) {
      driver.acknowledged(driver.motion(0.5, 0, System.nanoTime() + LONG));
      awaitLast("stop");
      assertThat(recorded()).containsExactly("start rover1", "stop", "move 0.5", "stop");
    }
  }

  @Test
  void a_motion_ends_at_its_until_when_that_comes_first() throws Exception {
    Duration silence = Duration.ofSeconds(5);
    try (RawDriver driver = recording(silence)) {
      long begun = System.nanoTime();
      driver.acknowledged(driver.motion(0.5, 0, begun + 400_000_000));
      awaitLast("stop");
      assertThat(recorded()).endsWith("move 0.5", "stop");
      assertThat(System.nanoTime() - begun).isLessThan(silence.toNanos());
    }
  }

  @Test
  void a_motion_whose_time_has_passed_is_acknowledged_and_not_acted_on() throws Exception {
    try (RawDriver driver = recording()) {
      driver.acknowledged(driver.motion(0.5, 0, System.nanoTime() - 1));
      driver.acknowledged(driver.motion(0.6, 0, Long.MIN_VALUE / 2));
      assertThat(recorded()).containsExactly("start rover1", "stop");
    }
  }

  @Test
  void outputs_are_safe_when_stdin_closes_and_the_process_ends() throws Exception {
    try (RawDriver driver = recording()) {
      driver.acknowledged(driver.motion(0.5, 0, System.nanoTime() + LONG));
      driver.closeStdin();
      assertThat(driver.exitCode()).isZero();
      assertThat(recorded()).endsWith("move 0.5", "stop", "close");
    }
  }

  @Test
  void outputs_are_safe_after_sigterm() throws Exception {
    try (RawDriver driver = recording()) {
      driver.acknowledged(driver.motion(0.5, 0, System.nanoTime() + LONG));
      SimDriverTest.signal("TERM", driver.process.pid());
      driver.exitCode();
      assertThat(recorded()).endsWith("move 0.5", "stop", "close");
    }
  }

  @Test
  void a_motion_that_comes_while_the_hardware_is_let_go_is_not_acted_on() throws Exception {
    try (RawDriver driver = recording()) {
      driver.acknowledged(driver.motion(0.5, 0, System.nanoTime() + LONG));
      SimDriverTest.signal("TERM", driver.process.pid());
      awaitLast("close");
      driver.motion(0.6, 0, System.nanoTime() + LONG);
      driver.exitCode();
      assertThat(recorded()).endsWith("move 0.5", "stop", "close");
    }
  }

  @Test
  void outputs_are_safe_when_the_drivers_own_code_throws() throws Exception {
    try (RawDriver driver = recording()) {
      driver.acknowledged(driver.motion(0.5, 0, System.nanoTime() + LONG));
      driver.motion(0.5, RecordingDriver.FAIL, System.nanoTime() + LONG);
      assertThat(driver.exitCode()).isEqualTo(1);
      assertThat(recorded()).endsWith("move 0.5", "stop", "close");
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {RecordingDriver.FAIL_NEXT_STOP, RecordingDriver.FAIL_TASK})
  void outputs_are_safe_after_an_error_that_no_line_has_caused(double failure) throws Exception {
    try (RawDriver driver = recording()) {
      driver.acknowledged(driver.motion(0.5, failure, System.nanoTime() + LONG));
      assertThat(driver.exitCode()).isEqualTo(1);
      assertThat(recorded()).contains("move 0.5").endsWith("stop", "close");
    }
  }

  @Test
  void an_operators_message_that_no_line_can_carry_is_dropped_and_logged() throws Exception {
    JsonNode deep = new ObjectMapper().readTree("[".repeat(20) + "]".repeat(20));
    JsonNode number = new BigIntegerNode(BigInteger.TEN.pow(60));
    try (RawDriver driver = recording()) {
      for (JsonNode data : List.of(deep, number)) {
        driver.write(message(data));
        driver.next(FromDriver.Log.class, log -> log.text().contains("was dropped"));
      }
      driver.acknowledged(driver.motion(0.5, 0, System.nanoTime() + LONG));
      assertThat(recorded()).endsWith("stop", "move 0.5");
    }
  }

  @Test
  void the_longest_message_fits_when_each_of_its_letters_is_escaped() throws Exception {
    int most = 64 * 1024;
    try (RawDriver driver = recording()) {
      driver.write(message(new TextNode("\u0001".repeat(most))));
      driver.acknowledged(driver.motion(0.5, 0, System.nanoTime() + LONG));
      assertThat(recorded()).endsWith("message of " + most, "move 0.5");
    }
  }

  @Test
  void a_line_that_is_no_line_ends_it_safely() throws Exception {
    try (RawDriver driver = recording()) {
      driver.acknowledged(driver.motion(0.5, 0, System.nanoTime() + LONG));
      driver.process.getOutputStream().write("drive on!\n".getBytes(StandardCharsets.UTF_8));
      driver.process.getOutputStream().flush();
      assertThat(driver.exitCode()).isEqualTo(1);
      assertThat(recorded()).endsWith("stop", "close");
    }
  }

  @Test
  void a_process_that_was_stopped_does_not_act_on_old_lines_when_it_goes_on() throws Exception {
    try (RawDriver driver = recording()) {
      driver.acknowledged(driver.motion(0.5, 0, System.nanoTime() + 300_000_000));
      SimDriverTest.signal("STOP", driver.process.pid());
      long last = 0;
      List<Long> untils = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        untils.add(System.nanoTime() + 1_000_000);
        last = driver.motion(0.9, 0, untils.get(i));
      }
      while (System.nanoTime() - untils.get(99) <= 0) {
        Thread.onSpinWait();
      }
      SimDriverTest.signal("CONT", driver.process.pid());
      driver.acknowledged(last);
      awaitLast("stop");
      assertThat(recorded()).containsExactly("start rover1", "stop", "move 0.5", "stop");
    }
  }

  @Test
  void the_child_of_a_killed_parent_stops_by_itself() throws Exception {
    ProcessBuilder parent =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            Parent.class.getName());
    parent.environment().put(RecordingDriver.FILE, file().toString());
    Process process = parent.redirectErrorStream(true).start();
    try {
      awaitLast("move 0.5");
      ProcessHandle child = process.children().findFirst().orElseThrow();
      process.destroyForcibly().waitFor();
      assertThat(child.onExit().get(10, TimeUnit.SECONDS).isAlive()).isFalse();
      assertThat(recorded()).endsWith("move 0.5", "stop", "close");
    } finally {
      process.destroyForcibly();
    }
  }

  /** An agent that drives until it is killed. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] args) {
      Bench bench =
          new Bench(
              DriverSpec.ofClass(
                  RecordingDriver.class,
                  JsonNodeFactory.instance.objectNode(),
                  Bench.MOTION_TIMEOUT));
      bench.next(Bench.Ready.class);
      while (true) {
        bench.onLoop(() -> bench.driver.motion(0.5, 0, System.nanoTime() + LONG));
        LockSupport.parkNanos(50_000_000);
      }
    }
  }

  private static ToDriver message(JsonNode data) {
    return new ToDriver.Message("s-1", new Operator("o-ann", "ann"), Role.DRIVER, data, false);
  }

  private RawDriver recording() throws IOException {
    return recording(Bench.MOTION_TIMEOUT);
  }

  private RawDriver recording(Duration motionTimeout) throws IOException {
    JsonNode settings = JsonNodeFactory.instance.objectNode();
    DriverSpec spec = DriverSpec.ofClass(RecordingDriver.class, settings, motionTimeout);
    return new RawDriver(
        DriverSpec.ofCommand(withFile(spec.command()), spec.settings(), motionTimeout));
  }

  private List<String> withFile(List<String> command) {
    List<String> all =
        new ArrayList<>(List.of("/usr/bin/env", RecordingDriver.FILE + "=" + file()));
    all.addAll(command);
    return all;
  }

  private Path file() {
    return folder.resolve("outputs");
  }

  private List<String> recorded() throws IOException {
    return Files.exists(file()) ? Files.readAllLines(file()) : List.of();
  }

  private void awaitLast(String line) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    List<String> lines = recorded();
    while (lines.isEmpty() || !lines.get(lines.size() - 1).equals(line)) {
      assertThat(System.nanoTime()).as("waiting for " + line + " in " + lines).isLessThan(end);
      Thread.sleep(5);
      lines = recorded();
    }
  }
}
