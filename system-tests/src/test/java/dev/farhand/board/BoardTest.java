package dev.farhand.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.board.parts.Cache;
import dev.farhand.board.parts.PartsException;
import dev.farhand.board.trial.Report;
import dev.farhand.netlab.LeftOut;
import dev.farhand.netlab.program.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What {@code ./farhand board} runs, where the machine can have a board; elsewhere says loudly that
 * it was left out.
 */
class BoardTest {
  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void pins_become_safe_after_every_fault_and_are_driven_again() {
    BoardRun.lacking().ifPresent(BoardTest::leaveOut);
    Report report = run().orElseThrow();
    report.table().forEach(System.out::println);
    assertThat(report.good()).as(report.line()).isTrue();
  }

  @Test
  void the_page_has_a_place_for_the_table() throws IOException {
    assertThat(Files.readString(Path.of("../docs/board.md")))
        .containsOnlyOnce("<!-- board faults -->\n");
  }

  private static Optional<Report> run() {
    Folders folders = new Folders(Path.of(".."), Path.of("target/board/test"));
    try {
      return Optional.of(new BoardRun(folders, Cache.ofUser(), System.out::println).run());
    } catch (PartsException e) {
      leaveOut(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static void leaveOut(String lacking) {
    LeftOut.because("BoardTest emulates an ARM board", lacking);
  }
}
