package dev.farhand.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage.Closed;
import dev.farhand.protocol.SignalMessage.Describe;
import dev.farhand.protocol.SignalMessage.Description;
import dev.farhand.protocol.SignalMessage.Failed;
import dev.farhand.protocol.SignalMessage.Leave;
import dev.farhand.protocol.SignalMessage.Register;
import dev.farhand.protocol.SignalMessage.Role;
import dev.farhand.protocol.SignalMessage.Superseded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent's process: how it starts, what it says, how it ends. */
@Timeout(60)
class CommandLineTest {
  @TempDir private Path folder = Path.of("unset");

  @Test
  void it_says_when_it_is_registered_and_ends_when_asked() throws Exception {
    try (FakeServer server = FakeServer.start();
        ChildAgent agent = run(server, "--driver", "none", "--camera", "none")) {
      assertThat(agent.awaitLine(("Registered as rover1 at " + server.uri())::equals)).isTrue();
      server.send(FakeServer.opened("s-1", Role.DRIVER, true));
      assertThat(agent.awaitLine(line -> line.contains("joined"))).isTrue();
      agent.terminate();
      assertThat(server.next(Leave.class).orElseThrow().code()).isEqualTo(Code.ROBOT_LEFT);
      assertThat(agent.exitCode()).isEqualTo(ExitCode.OK.code());
      assertThat(agent.lines()).noneMatch(line -> line.contains("thread"));
    }
  }

  @Test
  void the_environment_says_what_options_do_not() throws Exception {
    try (FakeServer server = FakeServer.start();
        ChildAgent agent =
            ChildAgent.start(
                folder,
                Map.of(
                    "FARHAND_SERVER", server.uri().toString(),
                    "FARHAND_ID", "from-environment",
                    "FARHAND_TOKEN", "secret",
                    "FARHAND_DRIVER", "none",
                    "FARHAND_CAMERA", "none"),
                "run")) {
      Register register = server.next(Register.class).orElseThrow();
      assertThat(register.robotId()).isEqualTo("from-environment");
      assertThat(register.token()).isEqualTo("secret");
      assertThat(register.media()).isEmpty();
      assertThat(agent.awaitLine(line -> line.startsWith("Registered as"))).isTrue();
      assertThat(agent.lines()).noneMatch(line -> line.contains("secret"));
    }
  }

  @Test
  void a_refused_registration_ends_it_with_one_clear_line() throws Exception {
    Code code = Code.TOKEN_EXPIRED;
    String told = "This robot's token has expired. On the server, farhand-server token ";
    try (FakeServer server = FakeServer.answering(new Failed(code, code.sentence()));
        ChildAgent agent = run(server, "--driver", "none", "--camera", "none")) {
      assertThat(agent.exitCode()).isEqualTo(ExitCode.TOKEN.code());
      assertThat(agent.awaitLine(line -> line.contains(told))).isTrue();
    }
  }

  @Test
  void another_agent_with_its_id_ends_it() throws Exception {
    try (FakeServer server = FakeServer.start();
        ChildAgent agent = run(server, "--driver", "none", "--camera", "none")) {
      assertThat(server.next(Register.class)).isPresent();
      server.send(new Superseded("rover1", "somebody-else", 7));
      assertThat(agent.exitCode()).isEqualTo(ExitCode.CONFLICT.code());
      assertThat(agent.awaitLine(line -> line.contains(Code.ROBOT_CONFLICT.sentence()))).isTrue();
    }
  }

  @Test
  void its_own_newer_registration_is_no_conflict() throws Exception {
    try (FakeServer server = FakeServer.start();
        ChildAgent agent = run(server, "--driver", "none", "--camera", "none")) {
      Register register = server.next(Register.class).orElseThrow();
      server.send(new Superseded("rover1", register.instance(), 7));
      server.drop();
      Register again = server.next(Register.class).orElseThrow();
      assertThat(again.instance()).isEqualTo(register.instance());
      assertThat(again.lastEpoch()).isPositive();
      assertThat(agent.isAlive()).isTrue();
    }
  }

  @Test
  void at_the_hard_memory_bound_it_tells_everyone_and_asks_to_be_started_again() throws Exception {
    Files.writeString(
        folder.resolve("robot.yaml"),
        """
        memory: {kept-soft-mb: 1, kept-hard-mb: 1, earliest-minutes: 0}
        limits: {sessions: 32}
        """);
    try (FakeServer server = FakeServer.start();
        ChildAgent agent = run(server, "--driver", "none", "--camera", "none")) {
      assertThat(server.next(Register.class)).isPresent();
      server.send(FakeServer.opened("s-waiting", Role.DRIVER, true));
      for (int i = 0; i < 20; i++) {
        server.send(FakeServer.opened("s-" + i, Role.DRIVER, true));
        // What an offer makes is kept, however the session ends.
        server.send(
            new Describe("s-" + i, 1, new Description(Description.Type.OFFER, "v=0\r\nnonsense")));
      }
      Leave leave = server.next(Leave.class).orElseThrow();
      while (leave.code() == Code.BAD_DESCRIPTION) {
        leave = server.next(Leave.class).orElseThrow();
      }
      assertThat(leave.code()).isEqualTo(Code.AGENT_RESTARTING);
      assertThat(agent.exitCode()).isEqualTo(ExitCode.RESTART.code());
    }
  }

  @Test
  void at_the_soft_memory_bound_it_waits_until_nobody_is_connected() throws Exception {
    Files.writeString(
        folder.resolve("robot.yaml"),
        "memory: {resident-soft-mb: 1, resident-hard-mb: 4000, earliest-minutes: 0}");
    try (FakeServer server = FakeServer.start()) {
      server.openOnRegistration("s-1");
      try (ChildAgent agent = run(server, "--driver", "none", "--camera", "none")) {
        assertThat(server.next(Register.class)).isPresent();
        server.send(FakeServer.opened("s-2", Role.DRIVER, true));
        assertThat(agent.awaitLine(line -> line.contains("s-2"))).isTrue();
        server.send(new Closed("s-1", Code.OPERATOR_LEFT, "Left."));
        assertThat(agent.awaitLine(line -> line.contains("s-1 ended"))).isTrue();
        assertThat(agent.isAlive()).isTrue();
        server.send(new Closed("s-2", Code.OPERATOR_LEFT, "Left."));
        assertThat(agent.exitCode()).isEqualTo(ExitCode.RESTART.code());
      }
    }
  }

  @Test
  void a_wrong_setting_is_named_with_its_line() throws Exception {
    Files.writeString(folder.resolve("robot.yaml"), "id: rover1\ncamera:\n  with: 640\n");
    try (ChildAgent agent = ChildAgent.start(folder, Map.of(), "run")) {
      assertThat(agent.exitCode()).isEqualTo(ExitCode.CONFIG.code());
      assertThat(
              agent.awaitLine(
                  line ->
                      line.contains("robot.yaml, line 3")
                          && line.contains("camera.with")
                          && line.contains("width")))
          .isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"absent.pem", "empty.pem", "rubbish.pem"})
  void certificates_that_cannot_be_read_are_a_wrong_setting_said_in_one_line(String name)
      throws Exception {
    Files.writeString(folder.resolve("empty.pem"), "");
    Files.writeString(folder.resolve("rubbish.pem"), "-----BEGIN CERTIFICATE-----\nrubbish\n");
    try (ChildAgent agent =
        ChildAgent.start(
            folder, Map.of(), "run", "--server", "wss://127.0.0.1:1", "--id", "r", "--ca", name)) {
      assertThat(agent.exitCode()).isEqualTo(ExitCode.CONFIG.code());
      assertThat(agent.awaitLine(line -> line.contains(name))).isTrue();
      assertThat(agent.lines()).hasSize(1);
    }
  }

  @Test
  void it_ends_also_when_nobody_reads_what_it_prints() throws Exception {
    Path flood = folder.resolve("flood.sh");
    Files.writeString(flood, "while echo " + "x".repeat(1000) + " >&2; do :; done");
    try (FakeServer server = FakeServer.start();
        ChildAgent agent =
            ChildAgent.startUnread(
                folder,
                "run",
                "--server",
                server.uri().toString(),
                "--id",
                "rover1",
                "--driver",
                "sh " + flood,
                "--camera",
                "none")) {
      assertThat(agent.awaitLoopHangingInWrite()).isTrue();
      agent.terminate();
      assertThat(agent.exitCode()).isEqualTo(ExitCode.INTERNAL.code());
    }
  }

  @Test
  void an_unknown_option_is_a_usage_error() throws Exception {
    try (ChildAgent agent = ChildAgent.start(folder, Map.of(), "run", "--sever", "ws://x")) {
      assertThat(agent.exitCode()).isEqualTo(ExitCode.USAGE.code());
      assertThat(agent.awaitLine(line -> line.contains("--sever"))).isTrue();
    }
  }

  private ChildAgent run(FakeServer server, String... more) throws Exception {
    String[] arguments = new String[5 + more.length];
    arguments[0] = "run";
    arguments[1] = "--server";
    arguments[2] = server.uri().toString();
    arguments[3] = "--id";
    arguments[4] = "rover1";
    System.arraycopy(more, 0, arguments, 5, more.length);
    return ChildAgent.start(folder, Map.of(), arguments);
  }
}
