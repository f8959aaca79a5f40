package dev.farhand.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./farhand demo}, on what is already built. */
class DemoTest {
  private static final Path SCRIPT = Path.of("../farhand").toAbsolutePath().normalize();
  private static final Map<String, String> BUILT = Map.of("FARHAND_BUILT", "yes");

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void it_gets_ready_and_ends_with_everything_that_it_started(String signal) throws IOException {
    int port = freePort();
    try (Program demo = demo("demo-" + signal, "--port", Integer.toString(port))) {
      demo.awaitLine("Ready: http://localhost:" + port + "/r/demo");
      List<ProcessHandle> all =
          List.of(
              demo.process("dev.farhand.signaling.Main"),
              demo.process("dev.farhand.agent.Main"),
              demo.process("DriverMain"));
      try (Chromium chromium = new Chromium()) {
        new Console(chromium.desktop(), "http://localhost:" + port + "/r/demo")
            .awaitConnection("connected")
            .awaitMorePictures();
      }
      Program.signal(ProcessHandle.of(demo.pid()).orElseThrow(), signal);
      demo.exitStatus(Duration.ofSeconds(3));
      assertThat(all).noneMatch(ProcessHandle::isAlive);
    }
  }

  @Test
  void a_port_that_is_taken_is_said_in_one_line() throws IOException {
    try (ServerSocket taken = new ServerSocket(0);
        Program demo = demo("demo-taken", "--port", Integer.toString(taken.getLocalPort()))) {
      assertThat(demo.exitStatus(Duration.ofSeconds(20))).isNotZero();
      assertThat(demo.output()).contains(Integer.toString(taken.getLocalPort()));
      assertThat(demo.output()).doesNotContain("Exception").doesNotContain("Ready:");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "http", "-1"})
  void a_port_that_is_none_is_refused(String port) {
    try (Program demo = demo("demo-port", "--port", port)) {
      assertThat(demo.exitStatus(Duration.ofSeconds(10))).isEqualTo(2);
    }
  }

  private static Program demo(String name, String... arguments) {
    List<String> command = new ArrayList<>(List.of(SCRIPT.toString(), "demo"));
    command.addAll(List.of(arguments));
    return Program.start(Path.of("target/stands", name + ".log"), command, BUILT);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
