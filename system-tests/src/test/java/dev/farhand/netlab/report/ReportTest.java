package dev.farhand.netlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.netlab.experiment.Cut;
import dev.farhand.netlab.experiment.CutsResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void tables_take_the_place_of_older_ones_in_a_page_and_nothing_else_changes() throws IOException {
    Path page =
        Files.writeString(
            folder.resolve("page.md"),
            """
            before
            <!-- netlab cuts -->
            an older table
            <!-- end -->
            after
            """);
    Report report =
        new Report(
            "netlab",
            List.of(Sections.of(new CutsResult(1, List.of(new Cut(298.4, false, true))))));
    report.writeInto(page);
    report.writeInto(page);
    assertThat(page)
        .content()
        .startsWith("before\n<!-- netlab cuts -->\n")
        .endsWith("<!-- end -->\nafter\n")
        .containsOnlyOnce("| 1 | 1 | 298 | 298 | 298 | 1 |")
        .doesNotContain("older");
  }

  @Test
  void a_rover_that_never_stopped_is_told_and_does_not_spoil_the_picture() throws IOException {
    Report report =
        new Report(
            "netlab",
            List.of(
                Sections.of(
                    new CutsResult(
                        2,
                        List.of(
                            new Cut(300, false, true),
                            new Cut(Double.POSITIVE_INFINITY, true, false))))));
    report.write(folder);
    assertThat(report.good()).isFalse();
    assertThat(folder.resolve("results.md")).content().contains("| never |");
    assertThat(folder.resolve("results.html")).content().contains("<polyline").contains("</svg>");
  }
}
