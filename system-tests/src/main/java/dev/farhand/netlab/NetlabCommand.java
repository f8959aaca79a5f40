package dev.farhand.netlab;

import dev.farhand.netlab.experiment.Quick;
import dev.farhand.netlab.experiment.QuickResult;
import dev.farhand.netlab.net.Internet;
import dev.farhand.netlab.program.Folders;
import dev.farhand.netlab.program.HomeOption;
import dev.farhand.netlab.program.Lab;
import dev.farhand.netlab.report.Report;
import dev.farhand.netlab.report.Section;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./farhand netlab}. */
@Command(
    name = "farhand netlab",
    description = {
      "Runs the real server, agent, coturn and operators in networks of every kind, on this",
      "machine; needs root. docs/networks.md explains it. Without arguments: everything."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class NetlabCommand implements Callable<Integer> {
  private static final int UNAVAILABLE = 69;
  private static final String RESULTS = "system-tests/target/netlab";
  private static final Set<Experiment> ALL = EnumSet.allOf(Experiment.class);

  @Parameters(
      paramLabel = "EXPERIMENT",
      arity = "0..*",
      description = "Only these: ${COMPLETION-CANDIDATES}.")
  private Set<Experiment> experiments = EnumSet.noneOf(Experiment.class);

  @Option(names = "--write-docs", description = "Put the tables into docs/networks.md, too.")
  private boolean writeDocs;

  @Option(names = "--quick", description = "Six telling cells in under a minute instead.")
  private boolean quick;

  @Mixin private HomeOption home = new HomeOption();

  // Set by picocli.
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Optional<String> lacking = Internet.lacking();
    if (lacking.isPresent()) {
      out.println("This machine cannot have a network lab: " + lacking.get());
      return UNAVAILABLE;
    }
    return quick ? quick(out) : whole(out);
  }

  private int quick(PrintWriter out) {
    QuickResult result;
    try (Lab lab = Lab.open(folders("quick"))) {
      result = new Quick(lab, line -> say(out, line)).run();
    }
    say(out, result.line());
    return result.good() ? 0 : 1;
  }

  /** Each experiment in a lab of its own, so that none feels what another left behind. */
  private int whole(PrintWriter out) {
    List<Section> sections = new ArrayList<>();
    for (Experiment experiment : experiments.isEmpty() ? ALL : experiments) {
      say(out, experiment + ":");
      try (Lab lab = Lab.open(folders(experiment.toString()))) {
        sections.add(experiment.run(lab, line -> say(out, "  " + line)));
      }
    }
    Report report = new Report("netlab", sections);
    report.write(home.resolve(RESULTS));
    if (writeDocs) {
      report.writeInto(home.resolve("docs/networks.md"));
    }
    say(out, "The tables and pictures are in " + RESULTS + "/results.html");
    sections.forEach(
        section ->
            say(out, section.name() + (section.good() ? ": good" : ": NOT as it should be")));
    return report.good() ? 0 : 1;
  }

  private Folders folders(String name) {
    return home.folders(RESULTS + "/work/" + name);
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
