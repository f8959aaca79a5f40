package dev.farhand.board;

import dev.farhand.board.parts.Cache;
import dev.farhand.board.trial.Report;
import dev.farhand.netlab.program.HomeOption;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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

  @Option(names = "--write-docs", description = "Put the table into docs/board.md, too.")
  private boolean writeDocs;

  @Mixin private HomeOption home = new HomeOption();

  // Set by picocli.
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Optional<String> lacking = BoardRun.lacking();
    if (lacking.isPresent()) {
      out.println("This machine cannot emulate the board: " + lacking.get());
      return UNAVAILABLE;
    }
    Cache cache = Cache.ofUser();
    if (fresh) {
      cache.clear();
    }
    Report report =
        new BoardRun(home.folders(RESULTS + "/work"), cache, line -> say(out, line)).run();
    var written = new dev.farhand.netlab.report.Report("board", List.of(report.section()));
    written.write(home.resolve(RESULTS));
    if (writeDocs) {
      written.writeInto(home.resolve("docs/board.md"));
    }
    report.table().forEach(line -> say(out, line));
    say(out, report.line());
    return report.good() ? 0 : 1;
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
