package dev.farhand.bench.stop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** That rovers stop and come back, with the real programs; how soon says {@code bench stop}. */
class StopCommandTest {
  @Test
  void every_rover_stops_and_is_driven_again() {
    StringWriter text = new StringWriter();
    int status =
        new CommandLine(new StopCommand())
            .setOut(new PrintWriter(text))
            .execute("--home", "..", "--stops", "24", "--rovers", "2");
    assertThat(status).as(text.toString()).isIn(0, 1);
    // On a machine that builds meanwhile one may be late; none may be lost, or leave a rover
    // standing.
    assertThat(text.toString())
        .contains("24 stops, ")
        .doesNotContain("Infinity")
        .doesNotContain("crept=true")
        .doesNotContain("back=false");
  }
}
