package dev.farhand.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one unpacks on a VPS and on a robot. */
class ArchivesTest {
  @ParameterizedTest
  @CsvSource({"x86_64,linux-x86_64", "aarch64,linux-aarch64", "armv7,linux-aarch32"})
  void an_agents_archive_holds_the_native_library_of_its_machine_and_no_other(
      String machine, String classifier) throws IOException {
    List<String> content =
        list(Path.of("../deploy/agent/target/farhand-agent-linux-" + machine + ".tar.gz"));
    assertThat(content)
        .contains(
            "farhand-agent/bin/farhand-agent",
            "farhand-agent/LICENSE",
            "farhand-agent/systemd/farhand-agent.service")
        .filteredOn(name -> name.matches(".*webrtc-java-.*-(linux|windows|macos).*"))
        .singleElement()
        .asString()
        .endsWith("-" + classifier + ".jar");
  }

  @Test
  void the_servers_archive_starts_from_any_folder() throws IOException {
    Path archive = Path.of("../deploy/server/target/farhand-server.tar.gz");
    assertThat(list(archive))
        .contains(
            "farhand-server/bin/farhand-server",
            "farhand-server/LICENSE",
            "farhand-server/systemd/farhand-server.service",
            "farhand-server/coturn/turnserver.conf",
            "farhand-server/coturn/renewed-certificate");
    Path folder = Path.of("target/unpacked").toAbsolutePath();
    run("mkdir", "-p", folder.toString());
    run("tar", "xzf", archive.toString(), "-C", folder.toString());
    run("ln", "-sf", folder + "/farhand-server/bin/farhand-server", folder + "/a link");
    assertThat(run(folder + "/a link", "--help")).contains("token", "invite", "run");
  }

  private static List<String> list(Path archive) throws IOException {
    return run("tar", "tzf", archive.toString()).lines().toList();
  }

  private static String run(String... command) {
    Path log = Path.of("target/stands/archives.log");
    try (Program program = Program.start(log, List.of(command), Map.of())) {
      int status = program.exitStatus(Duration.ofSeconds(30));
      assertThat(status).as(() -> String.join(" ", command) + "\n" + program.output()).isZero();
      return program.output();
    }
  }
}
