package dev.farhand.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** That everything is measured; how fast it is says {@code ./farhand bench connect}. */
class ConnectCommandTest {
  private static final String RATIOS =
      "connect p50 \\d+\\.\\d+[^,;]*(, MISSED\\))?, p99 \\d+\\.\\d+,"
          + " echo p50 \\d+\\.\\d+[^,;]*(, MISSED\\))?, p99 \\d+\\.\\d+";

  @Test
  void all_three_are_measured_and_the_ratios_stand_on_the_last_line(@TempDir Path folder)
      throws IOException {
    StringWriter text = new StringWriter();
    Path json = folder.resolve("bench.json");
    int status =
        new CommandLine(new ConnectCommand())
            .setOut(new PrintWriter(text))
            .execute("--home", "..", "--rounds", "1", "--echoes", "3", "--json", json.toString());
    assertThat(status).isIn(0, 1);
    assertThat(text.toString().lines().reduce("", (before, line) -> line))
        .matches("Farhand/RTCBot: " + RATIOS + "; Farhand/bare: " + RATIOS);
    JsonNode results = new ObjectMapper().readTree(json.toFile()).path("results");
    assertThat(results).hasSize(3);
    for (JsonNode result : results) {
      JsonNode connection = result.path("connections").path(0);
      assertThat(connection.path("connect").asDouble()).isPositive();
      assertThat(connection.path("echoes")).hasSize(3).allMatch(echo -> echo.asDouble() > 0);
      assertThat(connection.path("size").asText()).isEqualTo("640x480");
    }
    assertThat(results.path(0).path("parts").has("channelsOpen")).isTrue();
  }
}
