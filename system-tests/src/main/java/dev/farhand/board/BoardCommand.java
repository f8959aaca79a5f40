package dev.farhand.board;

import dev.farhand.board.parts.Cache;
import dev.farhand.board.trial.Report;
import dev.farhand.netlab.report.Results;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./farhand board}. */
@Command(
    name = "farhand board",
    description = {
      "Emulates an ARM board with the agent's archive on it, drives a motor on its pins from a",
      "browser, kills and stops what there is, and looks whether the pins become safe. Needs root.",
      "docs/board.md explains it."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class BoardCommand implements Callable<Integer> {
  private static final int UNAVAILABLE = 69;
  private static final String RESULTS = "system-tests/target/board";

  @Option(names = "--fresh", description = "Get the board's parts anew, in today's versions.")
  private boolean fresh;

  @Mixin private Results results = new Results();

  @Override
  public Integer call() {
    Optional<String> lacking = BoardRun.lacking();
    if (lacking.isPresent()) {
      results.say("This machine cannot emulate the board: " + lacking.get());
      return UNAVAILABLE;
    }
    Cache cache = Cache.ofUser();
    if (fresh) {
      cache.clear();
    }
    Report report = new BoardRun(results.folders(RESULTS + "/work"), cache, results::say).run();
    results.keep(
        new dev.farhand.netlab.report.Report("board", List.of(report.section())),
        RESULTS,
        "docs/board.md");
    report.table().forEach(results::say);
    results.say(report.line());
    return report.good() ? 0 : 1;
  }
}
