package dev.farhand.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The way of docs/install.md: TLS, tokens, an invitation; each command as it stands there. */
class InstallTest {
  @Test
  void from_a_certificate_to_a_drive_over_https_with_an_invitation() {
    try (Stand stand = new Stand("install");
        Chromium chromium = new Chromium()) {
      Path cert = stand.folder().resolve("cert.pem");
      Path key = stand.folder().resolve("key.pem");
      Certificate.make(stand, cert, key);

      Program server =
          stand.server(
              "run",
              "--host",
              "127.0.0.1",
              "--port",
              "0",
              "--cert",
              cert.toString(),
              "--key",
              key.toString());
      String url = "https://localhost:" + Stand.port(server);

      String robot = printed(stand, "token", "--role", "robot", "--robot", "rover1");
      Program agent =
          stand.agent(
              "run",
              "--server",
              url.replace("https", "wss"),
              "--id",
              "rover1",
              "--token",
              robot,
              "--ca",
              cert.toString(),
              "--driver",
              "sim",
              "--camera",
              "sim");
      agent.awaitLine("Registered as rover1");

      String driver =
          printed(
              stand,
              "invite",
              "--role",
              "driver",
              "--robot",
              "rover1",
              "--name",
              "ann",
              "--expires",
              "12h",
              "--url",
              url);
      String viewer =
          printed(stand, "invite", "--role", "viewer", "--robot", "rover1", "--url", url);

      Console ann = new Console(chromium.desktop(), driver).awaitConnection("connected");
      assertThat(ann.page().url()).as("the token has left the address bar").doesNotContain("#");
      Console bob = new Console(chromium.phone(), viewer).awaitConnection("connected");
      ann.awaitMorePictures();
      bob.awaitMorePictures();

      bob.page().keyboard().down("w");
      ann.drive("s");
      bob.awaitText("driver", "ann");
      ann.page().keyboard().up("s");
      bob.page().keyboard().up("w");
      ann.awaitStanding();

      Console stranger = new Console(chromium.desktop(), url + "/r/rover1");
      stranger.awaitConnection("closed");
      stranger.screenshot("console-1280-no-token");
      Console elsewhere = new Console(chromium.desktop(), driver.replace("rover1#", "rover2#"));
      elsewhere.awaitConnection("closed");

      String secrets = server.output() + agent.output();
      assertThat(secrets).doesNotContain(robot).doesNotContain(driver.replaceAll(".*token=", ""));
    }
  }

  private static String printed(Stand stand, String... arguments) {
    Program command = stand.start(arguments[0], Stand.SERVER, arguments);
    assertThat(command.exitStatus(Duration.ofSeconds(20))).as(command::output).isZero();
    // What a shell would take into a variable is the last line; the first is for people.
    return command.output().strip().replaceAll("(?s).*\n", "");
  }
}
