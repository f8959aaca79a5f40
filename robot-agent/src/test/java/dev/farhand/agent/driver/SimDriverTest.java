package dev.farhand.agent.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.farhand.agent.driver.DriverFault.Code;
import dev.farhand.protocol.ChannelMessage.Cause;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The simulated rover as the agent has it: a child JVM behind the driver protocol. */
@Timeout(60)
class SimDriverTest {
  private final Operator ann = new Operator("o-ann", "ann");

  @Test
  void it_drives_and_stops_by_itself_when_motion_falls_silent() {
    try (Bench bench = new Bench(Bench.patient(Bench.sim()))) {
      assertThat(bench.next(Bench.Ready.class).name()).isEqualTo("sim");
      JsonNode moving = bench.drivesUntil(1, 0, values -> speed(values) > 0.5);
      assertThat(moving.path("pose").path("x").asDouble()).isPositive();
      bench.next(Bench.Values.class, report -> speed(report.values()) == 0);
      assertThat(bench.hasNo(DriverFault.class)).isTrue();
    }
  }

  @Test
  void stop_stops_it_while_its_motion_is_still_valid() {
    try (Bench bench = new Bench(Bench.sim())) {
      bench.next(Bench.Ready.class);
      bench.drivesUntil(1, 0, values -> speed(values) > 0.5);
      bench.onLoop(
          () -> {
            bench.driver.motion(1, 0, System.nanoTime() + 5_000_000_000L);
            bench.driver.stop(Cause.STOP_PRESSED);
          });
      bench.next(Bench.Values.class, report -> speed(report.values()) == 0);
    }
  }

  @Test
  void it_answers_ping_and_logs_what_operators_send() {
    try (Bench bench = new Bench(Bench.sim())) {
      bench.next(Bench.Ready.class);
      JsonNode ping = JsonNodeFactory.instance.objectNode().put("data", "ping");
      bench.onLoop(
          () -> {
            bench.driver.opened("s-1", ann, Role.DRIVER);
            bench.driver.message("s-1", ann, Role.DRIVER, new TextNode("hello robot"), false);
            bench.driver.message("s-1", ann, Role.DRIVER, ping, false);
            bench.driver.closed("s-1");
          });
      assertThat(bench.next(Bench.Log.class).text()).contains("ann", "string", "\"hello robot\"");
      assertThat(bench.next(Bench.Log.class).text()).contains("JSON", "{\"data\":\"ping\"}");
      Bench.Message pong = bench.next(Bench.Message.class);
      assertThat(pong.sessionId()).isEqualTo(Optional.of("s-1"));
      assertThat(pong.data().path("data").asText()).isEqualTo("pong");
    }
  }

  @Test
  void a_stopped_process_is_replaced_within_moments_while_it_is_driven() throws Exception {
    try (Bench bench = new Bench(Bench.sim())) {
      bench.next(Bench.Ready.class);
      bench.drivesUntil(1, 0, values -> speed(values) > 0.5);
      long pid = child();
      signal("STOP", pid);
      bench.motion(1, 0);
      assertThat(bench.next(DriverFault.class).code()).isEqualTo(Code.NOT_ACKNOWLEDGED);
      bench.next(Bench.Ready.class);
      assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
      JsonNode anew = bench.next(Bench.Values.class).values();
      assertThat(speed(anew)).isZero();
      assertThat(anew.path("pose").path("x").asDouble()).isCloseTo(0, within(1e-9));
    }
  }

  static double speed(JsonNode values) {
    return values.path("speed").path("linear").asDouble();
  }

  static long child() {
    return ProcessHandle.current()
        .children()
        .filter(ProcessHandle::isAlive)
        .findFirst()
        .orElseThrow()
        .pid();
  }

  static void signal(String name, long pid) throws Exception {
    int code = new ProcessBuilder("/bin/kill", "-" + name, Long.toString(pid)).start().waitFor();
    assertThat(code).isZero();
    // kill returns before the process stands; "T" in proc(5) says that it does.
    Path status = Path.of("/proc", Long.toString(pid), "stat");
    while (name.equals("STOP") && !Files.readString(status).contains(") T ")) {
      Thread.onSpinWait();
    }
  }
}
