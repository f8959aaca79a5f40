package dev.farhand.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.agent.driver.JournalDriver.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The time of day is nothing that motion goes by. */
@Timeout(120)
class JumpingClockTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/farhand/agent");
  private static final Path COMPILER = Path.of("/usr/bin/cc");
  private static final long YEARS = Duration.ofDays(3 * 366).toSeconds();

  /** Every way to ask for the time of day. */
  private static final List<String> TIME_OF_DAY =
      List.of(
          "currentTimeMillis", "Instant.now", "Clock.", "LocalDate", "ZonedDateTime", "new Date(");

  @TempDir private Path folder = Path.of("unset");

  @Test
  void what_decides_about_motion_and_what_moves_never_asks_for_the_time_of_day()
      throws IOException {
    for (String part : List.of("motion", "driver", "loop", "session", "Helm.java", "Trial.java")) {
      try (Stream<Path> files = Files.walk(SOURCES.resolve(part))) {
        assertThat(files.filter(file -> file.toString().endsWith(".java")))
            .isNotEmpty()
            .allSatisfy(file -> assertThat(read(file)).doesNotContain(TIME_OF_DAY));
      }
    }
    assertThat(read(Path.of("../deploy/examples/python-driver/driver.py")))
        .contains("time.monotonic")
        .doesNotContain("time.time(");
  }

  @Test
  void a_clock_that_jumps_years_ahead_and_back_neither_stops_the_robot_nor_keeps_it_moving()
      throws Exception {
    Path jump = Files.writeString(folder.resolve("jump"), "0\n");
    Installation robot = new Installation(folder);
    try (RelayServer server = RelayServer.start()) {
      // Long enough for a busy machine; that it is held to is what counts.
      robot.configure(
          "server: "
              + server.uri()
              + "\nid: rover1\nmotion: {command-timeout-ms: 3000}\ndrivers:\n"
              + robot.recording("base").replace("settings:", "motion-timeout-ms: 3000, settings:"));
      try (ChildAgent agent =
              robot.startUnits(
                  "ExecStart",
                  Map.of("LD_PRELOAD", library().toString(), "JUMPING_CLOCK", jump.toString()));
          Ride ride = Ride.holding(server, robot.journal("base"))) {
        assertThat(ride.turns(0)).as(() -> agent.lines().toString()).isTrue();
        jumpTo(jump, YEARS, agent, ride);
        jumpTo(jump, -YEARS, agent, ride);
        assertThat(stopsInMotion(ride.entries())).as("stops on the way").isEmpty();
        signal("STOP", agent.processes(Main.class.getName()));
        assertThat(Await.until(() -> ride.last().act().equals("stop"))).isTrue();
        List<Entry> entries = ride.entries();
        long silence =
            entries.get(entries.size() - 1).nanos() - entries.get(entries.size() - 2).nanos();
        // Not the moment that a jump ahead would make of it, nor the years of one back.
        assertThat(Duration.ofNanos(silence)).isGreaterThan(Duration.ofMillis(1500));
      }
    }
  }

  /**
   * What a clock could have done. An operator's hand that was late for half a second only has them
   * move by 0, which is no stop.
   */
  private static List<Entry> stopsInMotion(List<Entry> entries) {
    return IntStream.range(1, entries.size())
        .filter(i -> entries.get(i - 1).turns() && entries.get(i).act().equals("stop"))
        .mapToObj(entries::get)
        .toList();
  }

  /** Jumps, and drives on until it is known that the agent's clock did jump. */
  private static void jumpTo(Path file, long seconds, ChildAgent agent, Ride ride)
      throws Exception {
    Path next = Files.writeString(file.resolveSibling("next"), seconds + "\n");
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    ride.sends("what year is it");
    int year = Year.now(ZoneOffset.UTC).getValue() + (seconds > 0 ? 3 : -3);
    assertThat(
            agent.awaitLine(
                line ->
                    line.endsWith("what year is it")
                        && Math.abs(Integer.parseInt(line.substring(0, 4)) - year) <= 1))
        .as(() -> agent.lines().toString())
        .isTrue();
    assertThat(ride.turns(ride.entries().size())).isTrue();
  }

  private Path library() throws Exception {
    URL source = Objects.requireNonNull(JumpingClockTest.class.getResource("jumping-clock.c"));
    Path library = folder.resolve("jumping-clock.so");
    Process compiler =
        new ProcessBuilder(
                COMPILER.toString(),
                "-shared",
                "-fPIC",
                "-o",
                library.toString(),
                Path.of(source.toURI()).toString(),
                "-ldl")
            .inheritIO()
            .start();
    assertThat(compiler.waitFor()).isZero();
    return library;
  }

  private static void signal(String name, List<ProcessHandle> processes) throws Exception {
    assertThat(processes).hasSize(1);
    String pid = Long.toString(processes.get(0).pid());
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
