package dev.farhand.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.farhand.agent.driver.DriverPlan;
import dev.farhand.agent.driver.DriverSpec;
import dev.farhand.agent.machine.Finding;
import dev.farhand.agent.machine.Machine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What doctor finds, and what it says to do. */
@Timeout(30)
class DoctorTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  @TempDir private Path folder = Path.of("unset");

  @Test
  void all_is_well_at_a_server_that_is_well() {
    try (FakeServer server = FakeServer.start()) {
      StringWriter out = new StringWriter();
      int code = doctor(out, "--server", server.uri().toString(), "--id", "rover1");
      assertThat(out.toString()).doesNotContain("problem").contains("ok       The server is well");
      assertThat(code).isEqualTo(ExitCode.OK.code());
    }
  }

  @Test
  void a_server_that_is_not_there_is_a_problem_with_a_command() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    StringWriter out = new StringWriter();
    int code = doctor(out, "--server", "ws://127.0.0.1:" + port, "--id", "rover1");
    assertThat(out.toString())
        .contains("problem  Nothing answers at 127.0.0.1:" + port)
        .contains("curl -v http://127.0.0.1:" + port + "/healthz");
    assertThat(code).isEqualTo(ExitCode.UNHEALTHY.code());
  }

  @Test
  void tls_where_there_is_none_is_a_problem_that_names_the_ca() {
    try (FakeServer server = FakeServer.start()) {
      StringWriter out = new StringWriter();
      doctor(out, "--server", "wss://127.0.0.1:" + server.port(), "--id", "rover1");
      assertThat(out.toString()).contains("problem  TLS").contains("--ca");
    }
  }

  @Test
  void a_setting_that_is_missing_is_a_problem() {
    StringWriter out = new StringWriter();
    assertThat(doctor(out, "--id", "rover1")).isEqualTo(ExitCode.UNHEALTHY.code());
    assertThat(out.toString()).contains("problem  Settings: The server is missing");
  }

  @Test
  void missing_libraries_come_with_the_line_that_installs_them() {
    assertThat(MachineCheck.libraries(List.of("libpulse0", "libudev1"), true).mend())
        .isEqualTo("sudo apt-get install -y libpulse0 libudev1");
  }

  @Test
  void an_old_java_and_another_system_are_problems() {
    assertThat(MachineCheck.java(11).ok()).isFalse();
    assertThat(MachineCheck.system("Mac OS X", "aarch64").ok()).isFalse();
  }

  @Test
  void a_driver_whose_program_is_not_there_is_a_problem() {
    DriverSpec absent =
        DriverSpec.ofCommand(
            List.of(folder.resolve("driver.py").toString()),
            JsonNodeFactory.instance.objectNode(),
            Duration.ofMillis(300));
    assertThat(
            MachineCheck.drivers(DriverPlan.single(absent), "/bin", Machine.here()).get(0).mend())
        .contains("robot.yaml");
  }

  @Test
  void a_script_that_is_not_there_and_a_program_that_is_not_installed_are_problems() {
    assertThat(check("/bin/sh", folder.resolve("driver.sh").toString()))
        .anyMatch(finding -> !finding.ok() && finding.what().contains("driver.sh, is not here"));
    assertThat(check("python3", "/driver.py"))
        .anyMatch(finding -> finding.mend().equals("sudo apt-get install -y python3"));
  }

  @Test
  void the_devices_of_a_driver_are_looked_at() throws Exception {
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    settings.put("port", "/dev/ttyUSB0").put("baud", 9600).put("format", "lines");
    DriverPlan serial =
        DriverPlan.single(DriverSpec.builtIn("serial", settings, Duration.ofMillis(300)));
    assertThat(
            MachineCheck.drivers(
                serial,
                "",
                new Machine(folder, path -> true, path -> true, path -> "dialout", "ann")))
        .anyMatch(finding -> !finding.ok() && finding.what().equals("/dev/ttyUSB0 is not here"));
    Files.createDirectory(folder.resolve("dev"));
    Files.createFile(folder.resolve("dev/ttyUSB0"));
    assertThat(
            MachineCheck.drivers(
                serial,
                "",
                new Machine(folder, path -> true, path -> true, path -> "dialout", "ann")))
        .allMatch(Finding::ok)
        .anyMatch(finding -> finding.what().contains("/dev/ttyUSB0"));
    assertThat(
            MachineCheck.drivers(
                serial,
                "",
                new Machine(folder, path -> false, path -> false, path -> "dialout", "ann")))
        .anyMatch(finding -> finding.what().equals("/dev/ttyUSB0 may not be used by ann"));
  }

  private static List<Finding> check(String... command) {
    DriverSpec driver =
        DriverSpec.ofCommand(
            List.of(command), JsonNodeFactory.instance.objectNode(), Duration.ofMillis(300));
    return MachineCheck.drivers(DriverPlan.single(driver), "/nowhere", Machine.here());
  }

  @Test
  void devices_lists_each_kind_also_for_programs() throws Exception {
    StringWriter out = new StringWriter();
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out));
    assertThat(commandLine.execute("devices")).isEqualTo(ExitCode.OK.code());
    assertThat(out.toString().lines()).contains("Cameras", "Serial ports", "GPIO chips");
    out.getBuffer().setLength(0);
    assertThat(commandLine.execute("devices", "--json")).isEqualTo(ExitCode.OK.code());
    assertThat(new ObjectMapper().readTree(out.toString()))
        .hasSize(6)
        .allMatch(kind -> kind.path("found").isArray());
  }

  @Test
  void a_token_is_read_for_its_expiry_only() {
    assertThat(token("{\"exp\":" + NOW.minusSeconds(5).getEpochSecond() + "}").what())
        .contains("expired");
    Finding good = token("{\"exp\":" + NOW.plus(Duration.ofDays(3)).getEpochSecond() + "}");
    assertThat(good.ok()).isTrue();
    assertThat(good.what()).contains("3 days");
    assertThat(TokenCheck.of(Optional.of("no.jwt"), "rover1", NOW).mend())
        .contains("farhand-server token --robot rover1");
  }

  @Test
  void a_clock_that_is_off_is_a_problem() {
    String date = "Mon, 1 Jun 2026 11:00:00 GMT";
    assertThat(ServerCheck.clock(date, NOW).orElseThrow().mend()).contains("timedatectl");
    assertThat(ServerCheck.clock("Mon, 1 Jun 2026 12:00:30 GMT", NOW).orElseThrow().ok()).isTrue();
  }

  private int doctor(StringWriter out, String... options) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out));
    String[] arguments = new String[options.length + 1];
    arguments[0] = "doctor";
    System.arraycopy(options, 0, arguments, 1, options.length);
    return commandLine.execute(arguments);
  }

  private static Finding token(String claims) {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    String payload = encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
    return TokenCheck.of(Optional.of("e30." + payload + ".c2ln"), "rover1", NOW);
  }
}
