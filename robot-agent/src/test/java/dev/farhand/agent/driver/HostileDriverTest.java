package dev.farhand.agent.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.farhand.agent.Await;
import dev.farhand.agent.driver.DriverFault.Code;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a driver can do wrong: each has its code and a sentence, and is followed by a restart. */
@Timeout(60)
class HostileDriverTest {
  private static final String READY =
      "read configure; echo '{\"type\":\"ready\",\"name\":\"x\"}'; ";
  private static final Duration SHORT = Duration.ofMillis(600);

  @Test
  void a_missing_program_is_named_and_tried_again() {
    try (Bench bench = new Bench(Bench.command("/nowhere/driver", "--fast"))) {
      assertThat(fault(bench, Code.MISSING).reason()).contains("/nowhere/driver", "robot.yaml");
      fault(bench, Code.MISSING);
    }
  }

  @Test
  void a_driver_that_ends_at_once_is_down_with_its_exit_code_and_its_last_words() {
    try (Bench bench = new Bench(Bench.shell("echo 'no such bus' >&2; exit 3"))) {
      assertThat(bench.next(Bench.Log.class).text()).isEqualTo("no such bus");
      assertThat(fault(bench, Code.EXITED).reason()).contains("3");
      fault(bench, Code.EXITED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo 'Hello, I am a motor'; sleep 60",
        "echo '{\"type\":\"reboot\"}'; sleep 60",
        "echo '{\"type\":\"ack\",\"seq\":1}'; sleep 60",
        "head -c 5000 /dev/zero; echo; sleep 60",
        READY + "echo '{\"type\":\"ready\",\"name\":\"twice\"}'; sleep 60",
        READY + "echo '{\"type\":\"ack\",\"seq\":99}'; sleep 60",
        READY + "echo '{\"type\":\"telemetry\",\"values\":[1]}'; sleep 60",
      })
  void rubbish_on_stdout_is_a_fault(String script) {
    try (Bench bench = new Bench(Bench.shell(script))) {
      assertThat(fault(bench, Code.BAD_LINE).reason()).endsWith(".");
      fault(bench, Code.BAD_LINE);
    }
  }

  @Test
  void a_driver_that_never_gets_ready_is_killed() {
    DriverSpec spec = Bench.shell("sleep 60").within(SHORT, SHORT);
    try (Bench bench = new Bench(spec)) {
      fault(bench, Code.NOT_READY);
      fault(bench, Code.NOT_READY);
    }
  }

  @Test
  void a_driver_that_never_acknowledges_is_killed_and_started_again() {
    try (Bench bench = new Bench(Bench.shell(READY + "while read line; do :; done"))) {
      bench.next(Bench.Ready.class);
      bench.motion(1, 0);
      fault(bench, Code.NOT_ACKNOWLEDGED);
      bench.next(Bench.Ready.class);
    }
  }

  @Test
  void a_driver_that_closes_its_stdout_is_killed() {
    String ack = "read stop; echo '{\"type\":\"ack\",\"seq\":1}'; ";
    try (Bench bench = new Bench(Bench.shell(READY + ack + "exec >&-; exec sleep 60"))) {
      assertThat(fault(bench, Code.EXITED).reason()).contains("stdout");
    }
  }

  @Test
  void a_flood_of_lines_is_a_fault() {
    String log = "{\"type\":\"log\",\"level\":\"info\",\"text\":\"again\"}";
    try (Bench bench = new Bench(Bench.shell("exec yes '" + log + "'"))) {
      fault(bench, Code.FLOOD);
      fault(bench, Code.FLOOD);
    }
  }

  @Test
  void a_line_without_end_is_a_fault() {
    try (Bench bench = new Bench(Bench.shell("exec tr '\\0' x </dev/zero"))) {
      fault(bench, Code.LINE_TOO_LONG);
    }
  }

  @Test
  void much_on_stderr_is_cut_and_is_no_fault() {
    String script = "yes grumble | head -n 100000 >&2; " + READY + "while read line; do :; done";
    try (Bench bench = new Bench(Bench.shell(script).within(Duration.ofSeconds(20), SHORT))) {
      bench.next(Bench.Log.class, log -> log.text().contains("dropped"));
      bench.next(Bench.Ready.class);
    }
  }

  @Test
  void a_driver_that_does_not_read_holds_nobody_up() {
    Operator ann = new Operator("o-ann", "ann");
    // A daemon of its own making keeps the full pipe open after the driver's death.
    String script = "(setsid sleep 5 &) ; " + READY + "exec sleep 60";
    DriverSpec spec = Bench.shell(script).within(SHORT, Duration.ofSeconds(5));
    try (Bench bench = new Bench(spec)) {
      bench.next(Bench.Ready.class);
      for (int i = 0; i < 2000; i++) {
        bench.onLoop(
            () ->
                bench.driver.message(
                    "s-1", ann, Role.DRIVER, new TextNode("x".repeat(1000)), false));
      }
      bench.next(Bench.Log.class, log -> log.text().contains("does not keep up"));
      for (int i = 0; i < 500; i++) {
        bench.onLoop(() -> bench.driver.opened("s-2", ann, Role.DRIVER));
      }
      fault(bench, Code.NOT_READING);
      bench.next(Bench.Ready.class);
    }
  }

  @Test
  void a_few_long_messages_are_as_many_as_many_short_ones() {
    Operator ann = new Operator("o-ann", "ann");
    DriverSpec spec = Bench.shell(READY + "exec sleep 60").within(SHORT, Duration.ofSeconds(30));
    try (Bench bench = new Bench(spec)) {
      bench.next(Bench.Ready.class);
      TextNode data = new TextNode("x".repeat(60_000));
      for (int i = 0; i < 40; i++) {
        bench.onLoop(() -> bench.driver.message("s-1", ann, Role.DRIVER, data, false));
      }
      bench.next(Bench.Log.class, log -> log.text().contains("does not keep up"));
    }
  }

  @Test
  void a_driver_with_a_fault_may_make_its_outputs_safe_before_it_is_killed() {
    String safe = "trap 'echo outputs are safe >&2; exit' TERM; ";
    try (Bench bench =
        new Bench(Bench.shell(safe + "echo rubbish; while :; do sleep 0.01; done"))) {
      fault(bench, Code.BAD_LINE);
      bench.next(Bench.Log.class, log -> log.text().equals("outputs are safe"));
    }
  }

  @Test
  void a_driver_with_a_fault_that_ignores_sigterm_is_killed() {
    try (Bench bench = new Bench(Bench.shell("trap '' TERM; echo rubbish; sleep 60 & wait"))) {
      fault(bench, Code.BAD_LINE);
      fault(bench, Code.BAD_LINE);
    }
  }

  @Test
  void a_driver_that_ignores_the_end_of_stdin_is_killed() {
    Bench bench = new Bench(Bench.shell("trap '' TERM; " + READY + "while :; do sleep 1; done"));
    bench.next(Bench.Ready.class);
    bench.close();
  }

  @Test
  void what_waits_while_a_stop_overtakes_it_has_no_power_any_more(@TempDir Path folder)
      throws Exception {
    Path heard = folder.resolve("heard");
    Path go = folder.resolve("go");
    String script =
        READY
            + "read line; seq=${line##*'\"seq\":'}; echo '{\"type\":\"ack\",\"seq\":'${seq%%[,\\}]*}'}';"
            + " echo '{\"type\":\"telemetry\",\"values\":{}}';"
            + " until [ -e '%s' ]; do sleep 0.05; done; exec cat >'%s'".formatted(go, heard);
    try (Bench bench = new Bench(Bench.patient(Bench.shell(script)))) {
      bench.next(Bench.Ready.class);
      // Its first stop is acknowledged: one that waits for that overtakes nothing.
      bench.next(Bench.Values.class);
      Operator ann = new Operator("o-ann", "ann");
      TextNode long16 = new TextNode("x".repeat(16_000));
      bench.onLoop(
          () -> {
            for (int i = 0; i < 10; i++) {
              bench.driver.message("s-1", ann, Role.DRIVER, long16, true);
            }
            bench.driver.message("s-1", ann, Role.DRIVER, new TextNode("arm up"), true);
          });
      bench.stop();
      bench.onLoop(
          () -> bench.driver.message("s-1", ann, Role.DRIVER, new TextNode("after"), true));
      Files.createFile(go);
      assertThat(Await.until(() -> read(heard).contains("\"after\""))).isTrue();
      assertThat(read(heard).lines().filter(line -> line.contains("arm up")))
          .singleElement(InstanceOfAssertFactories.STRING)
          .contains("\"holder\":false");
      assertThat(read(heard).lines().filter(line -> line.contains("\"after\"")))
          .singleElement(InstanceOfAssertFactories.STRING)
          .contains("\"holder\":true");
    }
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_driver_that_is_killed_again_and_again_leaves_no_threads_behind() throws Exception {
    try (Bench bench = new Bench(Bench.shell(READY + "while read line; do :; done"))) {
      for (int i = 0; i < 5; i++) {
        bench.next(Bench.Ready.class);
        fault(bench, Code.NOT_ACKNOWLEDGED);
      }
    }
    assertThat(Await.until(() -> threads("driver-sh-") == 0)).isTrue();
  }

  private static long threads(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(name))
        .count();
  }

  @Test
  void the_old_process_is_gone_before_the_new_one_starts(@TempDir Path folder) {
    Function<String, String> lock = name -> "'" + folder.resolve(name) + "'";
    String script =
        "for pid in $(cat "
            + lock.apply("pid")
            + " 2>/dev/null); do"
            + " kill -0 $pid 2>/dev/null && echo 'two at once' >&2; done; echo $$ >"
            + lock.apply("pid")
            + "; "
            + READY
            + "while read line; do :; done";
    try (Bench bench = new Bench(Bench.shell(script))) {
      for (int i = 0; i < 3; i++) {
        bench.next(Bench.Ready.class);
        fault(bench, Code.NOT_ACKNOWLEDGED);
      }
      assertThat(bench.hasNo(Bench.Log.class)).isTrue();
    }
  }

  @Test
  void what_a_driver_has_started_is_gone_before_its_successor_starts(@TempDir Path folder) {
    Path file = folder.resolve("pid");
    // A dead process that nobody has waited for yet has no command line.
    String script =
        "for pid in $(cat '%s' 2>/dev/null); do "
            + "tr -d '\\0' </proc/$pid/cmdline 2>/dev/null | grep -q . && echo 'it lives' >&2;"
            + " done; (trap '' TERM; exec sleep 300 >/dev/null 2>&1) & echo $! >'%s'; "
            + READY
            + "read stop; exit 3";
    try (Bench bench = new Bench(Bench.shell(script.formatted(file, file)))) {
      for (int i = 0; i < 3; i++) {
        bench.next(Bench.Ready.class);
        fault(bench, Code.EXITED);
      }
      assertThat(bench.hasNo(Bench.Log.class)).isTrue();
    }
  }

  private static DriverFault fault(Bench bench, Code code) {
    DriverFault fault = bench.next(DriverFault.class);
    assertThat(fault.code()).isEqualTo(code);
    return fault;
  }
}
