package dev.farhand.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.netlab.LeftOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * The two units as docs/install.md has them, under a real systemd: the certificate is a credential,
 * the robot has a token, the agent is a user of its own, and its driver's outputs outlive it.
 */
class UnitsTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String AGENT = "farhand-agent";
  private static final String SERVER = "farhand-server";
  private static final String REGISTERED = "Registered as rover1";
  private static final String OUTPUTS = "/var/lib/farhand-agent/outputs";
  private static final Path RESOURCES = Path.of("src/test/resources/dev/farhand/system");
  private static final Path EXAMPLE = Path.of("../deploy/examples/python-driver/driver.py");

  private Stand stand;
  private Path work;
  private Systemd systemd;
  private String url;

  @BeforeEach
  void boot(TestInfo test) throws IOException {
    Systemd.lacking().ifPresent(lacking -> LeftOut.because("UnitsTest boots systemd", lacking));
    stand = new Stand(test.getTestMethod().orElseThrow().getName());
    work = stand.folder().resolve("work");
    Files.createDirectories(work.resolve("etc"));
    Certificate.make(stand, work.resolve("etc/cert.pem"), work.resolve("etc/key.pem"));
    put(EXAMPLE);
    put(RESOURCES.resolve("outputs.py"));
    edit(
        SERVER,
        """
        LoadCredential=cert.pem:/etc/farhand/cert.pem
        LoadCredential=key.pem:/etc/farhand/key.pem
        Environment=FARHAND_CERT=%d/cert.pem
        Environment=FARHAND_KEY=%d/key.pem
        Environment=FARHAND_HOST=127.0.0.1
        Environment=FARHAND_PORT=0
        """);
    edit(AGENT, "");
    systemd = new Systemd(stand, work);
    assertThat(systemd.run("systemctl", "start", SERVER)).isEmpty();
    Await.until("the server listens", SOON, () -> log(SERVER).contains("listens on"), this::logs);
    url = "https://localhost:" + Stand.port(log(SERVER));
  }

  @AfterEach
  void end() {
    if (stand != null) {
      stand.close();
    }
  }

  @Test
  void after_a_crash_of_everything_the_stop_step_makes_safe_and_the_robot_is_driven_on()
      throws IOException {
    startAgent("");
    awaitRegistered(1);
    String invitation =
        server("invite", "--role", "driver", "--robot", "rover1", "--name", "ann", "--url", url);
    try (Chromium chromium = new Chromium()) {
      Console ann = new Console(chromium.desktop(), invitation).awaitConnection("connected");
      drive(ann);
      assertThat(systemd.run("stat", "-c", "%U", "/proc/" + systemd.property(AGENT, "MainPID")))
          .isEqualTo("farhand");

      assertThat(systemd.run("systemctl", "kill", "--signal=KILL", AGENT)).isEmpty();
      Await.until("the motors are off", SOON, () -> !running(), this::logs);
      awaitRegistered(2);
      assertThat(systemd.property(AGENT, "NRestarts")).isEqualTo("1");
      String between = log(AGENT).split(REGISTERED, 3)[1];
      assertThat(between).contains("are safe");
      assertThat(drivers()).as("before, for the stop step, and now: %s", outputs()).isEqualTo(3);

      ann.awaitConnection("connected", SOON);
      assertThat(running()).as("nobody has let go of the key").isFalse();
      drive(ann);

      assertThat(systemd.run("systemctl", "stop", AGENT)).isEmpty();
      assertThat(running()).as(outputs()).isFalse();
      assertThat(systemd.property(AGENT, "Result")).isEqualTo("success");
    }
  }

  @Test
  void what_another_try_cannot_mend_is_not_tried_again() throws IOException {
    startAgent("motion: {command-timeout-ms: soon}\n");
    Await.until(
        "the service has failed",
        SOON,
        () -> systemd.property(AGENT, "ActiveState").equals("failed"),
        this::logs);
    assertThat(systemd.property(AGENT, "ExecMainStatus")).isEqualTo("78");
    assertThat(systemd.property(AGENT, "NRestarts")).isEqualTo("0");
    assertThat(log(AGENT)).contains("/etc/farhand/robot.yaml").contains("command-timeout-ms");
  }

  private void startAgent(String more) throws IOException {
    String token = server("token", "--role", "robot", "--robot", "rover1");
    Files.writeString(
        systemd.inside("/etc/farhand/robot.yaml"),
        """
        server: %s
        ca: /etc/farhand/cert.pem
        id: rover1
        camera: {source: none}
        driver:
          command: [/usr/bin/python3, -B, /run/work/outputs.py]
          settings: {file: %s}
        %s"""
            .formatted(url.replace("https", "wss"), OUTPUTS, more));
    Files.writeString(systemd.inside("/etc/farhand/agent.env"), "FARHAND_TOKEN=" + token + "\n");
    assertThat(systemd.run("systemctl", "start", AGENT)).isEmpty();
  }

  /** What a command of the server's prints last, with the secret that its service has made. */
  private String server(String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "env",
                "FARHAND_DATA=/var/lib/private/farhand",
                "/opt/farhand-server/bin/farhand-server"));
    command.addAll(List.of(words));
    return systemd.run(command.toArray(String[]::new)).replaceAll("(?s).*\n", "");
  }

  private void awaitRegistered(int times) {
    Await.until(
        "the agent has registered, " + times,
        SOON,
        () -> log(AGENT).split(REGISTERED, -1).length > times,
        this::logs);
  }

  private void drive(Console ann) {
    Await.until(
        "the motors run",
        SOON,
        () -> {
          ann.press("w");
          return running();
        },
        this::logs);
  }

  /** Whether the outputs are such that the motors turn. */
  private boolean running() {
    String[] last = outputs().strip().replaceAll("(?s).*\n", "").split(" ", -1);
    return last.length == 3 && !(last[1].equals("0") && last[2].equals("0"));
  }

  /** How many processes have set the outputs so far. */
  private long drivers() {
    return outputs().lines().map(line -> line.replaceAll(" .*", "")).distinct().count();
  }

  private String outputs() {
    return systemd.text(OUTPUTS);
  }

  private String log(String unit) {
    return systemd.text("/run/work/" + unit + ".log");
  }

  private String logs() {
    return "outputs:\n%s\nagent:\n%s\nserver:\n%s".formatted(outputs(), log(AGENT), log(SERVER));
  }

  private void put(Path file) throws IOException {
    Files.copy(file, work.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
  }

  /** What {@code systemctl edit} adds to a unit; there is no journal in there. */
  private void edit(String unit, String lines) throws IOException {
    Path folder = Files.createDirectories(work.resolve("units/" + unit + ".service.d"));
    Path log = work.resolve(unit + ".log");
    Files.deleteIfExists(log);
    Files.writeString(
        folder.resolve("test.conf"),
        "[Service]\nStandardOutput=append:/run/work/%s.log\nStandardError=inherit\n".formatted(unit)
            + "Environment=JAVA_HOME=%s\n".formatted(System.getProperty("java.home"))
            + lines);
  }
}
