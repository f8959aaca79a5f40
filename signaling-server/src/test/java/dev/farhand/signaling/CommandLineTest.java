package dev.farhand.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.protocol.SignalMessage.Restarting;
import dev.farhand.protocol.SignalMessage.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class CommandLineTest {
  @RegisterExtension final Ground ground = new Ground();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void end_processes() {
    processes.forEach(Process::destroyForcibly);
  }

  private int run(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private Process start(Map<String, String> environment, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  @Test
  void token_is_all_that_is_printed_and_holds() {
    String secret = ground.secretFile().toString();
    assertThat(run("token", "--role", "robot", "--robot", "rover1", "--secret-file", secret))
        .isZero();
    assertThat(out.toString()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+\\R");
    assertThat(err.toString()).contains("Token ID").contains("Made a new secret");
    SignalingServer server = ground.start(ground.closed());
    ground.peer(server).register("rover1", out.toString().strip());
  }

  @Test
  void invitation_is_a_link_with_its_token_after_the_hash() {
    int code =
        run(
            "invite",
            "--robot",
            "rover1",
            "--expires",
            "12h",
            "--url",
            "https://robots.example.org/",
            "--secret-file",
            ground.secretFile().toString());
    assertThat(code).isZero();
    assertThat(out.toString())
        .matches("https://robots\\.example\\.org/r/rover1#token=[\\w-]+\\.[\\w-]+\\.[\\w-]+\\R");
    String token = out.toString().strip().replaceAll(".*=", "");
    SignalingServer server = ground.start(ground.closed());
    Pair pair = Pair.on(ground, server, "rover1", ground.token(Role.ROBOT, "rover1"), token);
    assertThat(pair.joined().role()).isEqualTo(Role.DRIVER);
  }

  @ParameterizedTest
  @CsvSource({
    "run --open --host 0.0.0.0 --port 0, --host 127.0.0.1",
    "run --cert cert.pem, go together",
    "run --public-origin robots.example.org, https://robots.example.org",
    "run --allow-origin https://a.example.org/path, without a path",
    "run --port 70000, 65535",
    "run --sessions-per-robot many, many",
    "run --no-such-option, --no-such-option",
    "run --stun turn.example.org, stun:turn.example.org:3478",
    "run --stun stun:a:3478?transport=udp, stun:turn.example.org:3478",
    "run --turn turn:turn.example.org, --turn-secret-file",
    "run --turn-secret-file /nowhere, go together",
    "run --turn stun:turn.example.org --turn-secret-file /nowhere, turn:turn.example.org:3478",
    "run --turn turn:a --turn-secret-file /nowhere --turn-seconds 5, 60 to 86400",
    "token --role boss --robot rover1, boss",
    "token --role robot --robot r!, letters",
    "token --role robot --robot r --expires soon, 12h",
    "invite --role robot --robot r, token --role robot",
    "invite --robot *, one ID",
    "dance, dance"
  })
  void wrong_options_are_explained_in_a_line_or_two(String line, String hint) {
    assertThat(run(line.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString()).contains(hint);
    assertThat(err.toString().lines()).hasSizeBetween(1, 2);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void unreadable_files_are_named() throws IOException {
    Path rubbish = Files.writeString(ground.directory().resolve("ice.json"), "[{\"urls\":[]}]");
    String secret = ground.secretFile().toString();
    assertThat(run("run", "--secret-file", secret, "--ice-servers", rubbish.toString()))
        .isEqualTo(69);
    assertThat(run("run", "--secret-file", secret, "--deny-file", "/nowhere/denied")).isEqualTo(69);
    assertThat(run("run", "--secret-file", rubbish + "/secret")).isEqualTo(69);
    for (String secretFile : List.of("/nowhere/turn", rubbish.toString())) {
      assertThat(
              run(
                  "run",
                  "--secret-file",
                  secret,
                  "--turn",
                  "turn:turn.example.org",
                  "--turn-secret-file",
                  secretFile))
          .isEqualTo(69);
    }
    assertThat(err.toString().lines())
        .hasSize(5)
        .satisfiesExactly(
            line -> assertThat(line).contains("ice.json").contains("without urls"),
            line -> assertThat(line).contains("/nowhere/denied").contains("no such file"),
            line -> assertThat(line).contains("--data"),
            line -> assertThat(line).contains("/nowhere/turn").contains("no such file"),
            line -> assertThat(line).contains("ice.json").contains("openssl rand"));
  }

  @Test
  void port_that_is_taken_is_named() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int code =
          run(
              "run",
              "--open",
              "--port",
              Integer.toString(taken.getLocalPort()),
              "--secret-file",
              ground.secretFile().toString());
      assertThat(code).isEqualTo(69);
      assertThat(err.toString()).contains("--port").hasLineCount(1);
    }
  }

  @Test
  void host_that_does_not_exist_is_named() {
    String secret = ground.secretFile().toString();
    assertThat(run("run", "--host", "nowhere.invalid", "--port", "0", "--secret-file", secret))
        .isEqualTo(69);
    assertThat(err.toString()).contains("--host").hasLineCount(1);
  }

  @Test
  void every_option_is_described_and_has_a_variable() {
    Environment variables = new Environment(Map.of("FARHAND_PUBLIC_ORIGIN", "https://a.example"));
    Main.commandLine()
        .getSubcommands()
        .forEach(
            (name, command) -> {
              for (OptionSpec option : command.getCommandSpec().options()) {
                assertThat(option.description()).as(name + " " + option.longestName()).isNotEmpty();
              }
              assertThat(command.getCommandSpec().defaultValueProvider())
                  .isInstanceOf(Environment.class);
              assertThat(command.getUsageMessage(CommandLine.Help.Ansi.OFF)).contains("FARHAND_");
            });
    OptionSpec origin =
        new CommandLine(new RunCommand()).getCommandSpec().findOption("--public-origin");
    assertThat(variables.defaultValue(origin)).isEqualTo("https://a.example");
  }

  @Test
  void server_says_where_it_listens_and_stops_at_a_signal() throws Exception {
    Map<String, String> environment =
        Map.of("FARHAND_DATA", ground.directory().toString(), "FARHAND_OPEN", "true");
    Process process = start(environment, "run", "--port", "0");
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String line = lines.readLine();
      assertThat(line).matches("Farhand server listens on http://127\\.0\\.0\\.1:\\d+ \\(open: .*");
      int port = Integer.parseInt(line.replaceAll(".*:(\\d+) .*", "$1"));
      Peer robot = ground.peer(port);
      robot.register("rover1", null);
      process.destroy();
      robot.expect(Restarting.class);
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    }
  }

  @Test
  void first_start_with_tokens_says_how_to_make_one() throws Exception {
    Process process =
        start(
            Map.of("FARHAND_DATA", ground.directory().toString()),
            "run",
            "--port",
            "0",
            "--host",
            "127.0.0.1");
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(lines.readLine()).doesNotContain("open");
      String rest = String.join("\n", lines.readLine(), lines.readLine(), lines.readLine());
      assertThat(rest).contains("farhand-server token --role robot --robot rover1");
      assertThat(lines.readLine()).contains("farhand-server invite");
    }
  }
}
