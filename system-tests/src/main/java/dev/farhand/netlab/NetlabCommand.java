package dev.farhand.netlab;

import dev.farhand.netlab.experiment.Quick;
import dev.farhand.netlab.experiment.QuickResult;
import dev.farhand.netlab.net.Internet;
import dev.farhand.netlab.program.Folders;
import dev.farhand.netlab.program.Lab;
import dev.farhand.netlab.report.Report;
import dev.farhand.netlab.report.Results;
import dev.farhand.netlab.report.Section;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

  @Option(names = "--quick", description = "Six telling cells in under a minute instead.")
  private boolean quick;

  @Mixin private Results results = new Results();

  @Override
  public Integer call() {
    Optional<String> lacking = Internet.lacking();
    if (lacking.isPresent()) {
      results.say("This machine cannot have a network lab: " + lacking.get());
      return UNAVAILABLE;
    }
    return quick ? quick() : whole();
  }

  private int quick() {
    QuickResult result;
    try (Lab lab = Lab.open(folders("quick"))) {
      result = new Quick(lab, results::say).run();
    }
    results.say(result.line());
    return result.good() ? 0 : 1;
  }

  /** Each experiment in a lab of its own, so that none feels what another left behind. */
  private int whole() {
    List<Section> sections = new ArrayList<>();
    for (Experiment experiment : experiments.isEmpty() ? ALL : experiments) {
      results.say(experiment + ":");
      try (Lab lab = Lab.open(folders(experiment.toString()))) {
        sections.add(experiment.run(lab, line -> results.say("  " + line)));
      }
    }
    Report report = new Report("netlab", sections);
    results.keep(report, RESULTS, "docs/networks.md");
    results.say("The tables and pictures are in " + RESULTS + "/results.html");
    sections.forEach(
        section ->
            results.say(section.name() + (section.good() ? ": good" : ": NOT as it should be")));
    return report.good() ? 0 : 1;
  }

  private Folders folders(String name) {
    return results.folders(RESULTS + "/work/" + name);
  }
}
