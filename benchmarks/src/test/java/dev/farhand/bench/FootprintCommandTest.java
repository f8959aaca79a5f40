package dev.farhand.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** That every program is measured; how much it takes says {@code ./farhand bench footprint}. */
class FootprintCommandTest {
  @Test
  void the_agent_its_peers_and_a_driver_of_each_kind_are_measured() throws IOException {
    StringWriter text = new StringWriter();
    int status =
        new CommandLine(new FootprintCommand())
            .setOut(new PrintWriter(text))
            .execute("--home", "..", "--seconds", "1");
    assertThat(status).as(text.toString()).isIn(0, 1);
    List<String> table = Files.readAllLines(Path.of("../target/bench-footprint/results.md"));
    for (String program :
        List.of(
            "agent, nobody connected",
            "agent, driven, video 640x480",
            "bare webrtc-java, the same",
            "RTCBot \\(aiortc\\), the same",
            "driver sim, driven",
            "driver serial, driven",
            "driver gpio, driven",
            "driver python, driven")) {
      assertThat(table)
          .filteredOn(row -> row.matches("\\| " + program + " \\| [1-9]\\d* \\| \\d+\\.\\d \\|"))
          .as(program + " in " + table)
          .hasSize(1);
    }
    assertThat(text.toString().lines().reduce("", (before, line) -> line))
        .matches("The agent with one session: \\d+ MB .*of its time; .*of its time");
  }
}
