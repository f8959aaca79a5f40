package dev.farhand.agent.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.farhand.agent.driver.DriverFault.Code;
import dev.farhand.agent.driver.gpio.TestBoard;
import dev.farhand.protocol.ChannelMessage.Cause;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The driver {@code gpio} as the agent has it: a child JVM behind the driver protocol. */
@Timeout(60)
class GpioDriverTest {
  private static final String ROVER =
      """
      drive:
        kind: differential
        pwm: software
        frequency-hz: 50
        left: {in1: 17, in2: 27, speed: 5}
        right: {in1: 22, in2: 23, speed: 6}
      enable: {pin: 25}
      outputs:
        lamp: {pin: 16}
      """;

  private final Path file;

  GpioDriverTest(@TempDir Path folder) {
    file = folder.resolve("pins");
  }

  @Test
  void its_first_act_is_safe_pins() throws Exception {
    try (Bench bench = new Bench(spec(ROVER))) {
      assertThat(bench.next(Bench.Ready.class).name()).isEqualTo("gpio");
      assertThat(pins().values()).containsOnly("0");
      assertThat(pins()).hasSize(8);
    }
  }

  @Test
  void it_drives_and_its_pins_are_safe_when_motion_falls_silent() throws Exception {
    try (Bench bench = new Bench(Bench.patient(spec(ROVER)))) {
      bench.next(Bench.Ready.class);
      driveUntil(bench, 1, "17 22 25 5 6");
      await(pins -> high(pins).isEmpty());
      bench.next(Bench.Values.class, report -> !report.values().path("enabled").asBoolean(true));
      assertThat(bench.hasNo(DriverFault.class)).isTrue();
    }
  }

  @Test
  void a_stop_makes_pins_safe_while_the_motion_is_still_valid() throws Exception {
    try (Bench bench = new Bench(spec(ROVER))) {
      bench.next(Bench.Ready.class);
      driveUntil(bench, -1, "23 25 27 5 6");
      int before = lines().size();
      bench.onLoop(
          () -> {
            bench.driver.motion(-1, 0, System.nanoTime() + 30_000_000_000L);
            bench.driver.stop(Cause.STOP_PRESSED);
          });
      await(pins -> high(pins).isEmpty());
      assertThat(lines().subList(before, lines().size())).contains("25=0", "5=0", "6=0");
    }
  }

  @Test
  void its_pins_are_pulsed_in_between() throws Exception {
    try (Bench bench = new Bench(spec(ROVER))) {
      bench.next(Bench.Ready.class);
      bench.drivesUntil(0.5, 0, values -> power(values) == 0.5);
      List<String> pulses = lines().stream().filter(line -> line.startsWith("5=")).toList();
      assertThat(pulses).containsSubsequence("5=0", "5=1", "5=0", "5=1", "5=0");
    }
  }

  @Test
  void an_operators_message_switches_an_output() throws Exception {
    Operator ann = new Operator("o-ann", "ann");
    try (Bench bench = new Bench(spec(ROVER))) {
      bench.next(Bench.Ready.class);
      JsonNode wish = new ObjectMapper().readTree("{\"gpio\": {\"lamp\": true}}");
      JsonNode wrong = new ObjectMapper().readTree("{\"gpio\": {\"left\": 1}}");
      bench.onLoop(
          () -> {
            bench.driver.opened("s-1", ann, Role.DRIVER);
            bench.driver.message("s-1", ann, Role.DRIVER, wish, true);
            bench.driver.message("s-1", ann, Role.DRIVER, wrong, true);
          });
      await(pins -> high(pins).equals("16"));
      assertThat(bench.next(Bench.Message.class).data().toString()).contains("refused", "lamp");
    }
  }

  @Test
  void its_pins_are_safe_and_let_go_when_the_agent_ends() throws Exception {
    try (Bench bench = new Bench(spec(ROVER))) {
      bench.next(Bench.Ready.class);
      bench.drivesUntil(1, 0, values -> power(values) == 1);
    }
    assertThat(high(pins())).isEmpty();
    assertThat(lines().stream().filter(line -> line.endsWith(" closed"))).hasSize(8);
  }

  @Test
  void its_pins_are_safe_after_sigterm_while_it_drives() throws Exception {
    try (Bench bench = new Bench(spec(ROVER))) {
      bench.next(Bench.Ready.class);
      driveUntil(bench, 1, "17 22 25 5 6");
      SimDriverTest.signal("TERM", SimDriverTest.child());
      assertThat(bench.next(DriverFault.class).code()).isEqualTo(Code.EXITED);
      List<String> lines = lines();
      int end = lines.indexOf("25 closed");
      assertThat(end).isPositive();
      assertThat(high(pins(lines.subList(0, end)))).isEmpty();
      bench.next(Bench.Ready.class);
      assertThat(high(pins())).isEmpty();
    }
  }

  @Test
  void settings_that_cannot_be_used_are_told_in_the_log() {
    try (Bench bench = new Bench(spec("drive: {kind: differential}"))) {
      bench.next(Bench.Log.class, log -> log.text().contains("drive must have left"));
      assertThat(bench.next(DriverFault.class).code()).isEqualTo(Code.EXITED);
    }
  }

  private DriverSpec spec(String yaml) {
    try {
      JsonNode settings = new YAMLMapper().readTree(yaml);
      DriverSpec builtIn = DriverSpec.builtIn("gpio", settings, Bench.MOTION_TIMEOUT);
      List<String> command = new ArrayList<>(List.of("/usr/bin/env", TestBoard.FILE + "=" + file));
      command.addAll(builtIn.command());
      return DriverSpec.ofCommand(command, settings, Bench.MOTION_TIMEOUT);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static double power(JsonNode values) {
    return values.path("motors").path("left").asDouble();
  }

  private List<String> lines() throws Exception {
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private Map<String, String> pins() throws Exception {
    return pins(lines());
  }

  /** The last level of each pin. */
  private static Map<String, String> pins(List<String> lines) {
    Map<String, String> pins = new HashMap<>();
    for (String line : lines) {
      int at = line.indexOf('=');
      if (at > 0) {
        pins.put(line.substring(0, at), line.substring(at + 1));
      }
    }
    return pins;
  }

  private static String high(Map<String, String> pins) {
    return String.join(
        " ",
        pins.entrySet().stream()
            .filter(pin -> pin.getValue().equals("1"))
            .map(Map.Entry::getKey)
            .sorted()
            .toList());
  }

  /** Drives on and on until these pins are high. */
  private void driveUntil(Bench bench, double linear, String high) throws Exception {
    await(
        pins -> {
          bench.motion(linear, 0);
          return high(pins).equals(high);
        });
  }

  private void await(Predicate<Map<String, String>> wanted) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!wanted.test(pins())) {
      assertThat(System.nanoTime()).as("pins are " + pins()).isLessThan(end);
      Thread.sleep(5);
    }
  }
}
