package dev.farhand.netlab.report;

import dev.farhand.netlab.program.Folders;
import dev.farhand.netlab.program.HomeOption;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a command that measures works, what it says and what it leaves; a picocli mixin. */
public final class Results {
  @Option(names = "--write-docs", description = "Put what came of it into the project's docs, too.")
  private boolean writeDocs;

  @Mixin private HomeOption home = new HomeOption();

  // Set by picocli.
  @SuppressWarnings("NullAway.Init")
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** For picocli. */
  public Results() {}

  /** With what is written in a folder of the project. */
  public Folders folders(String work) {
    return home.folders(work);
  }

  /** Tells people how far it is, at once. */
  public void say(String line) {
    command.commandLine().getOut().println(line);
    command.commandLine().getOut().flush();
  }

  /**
   * Keeps what came of it.
   *
   * @param folder of the project
   * @param page of the docs, where {@code --write-docs} puts the tables
   */
  public void keep(Report report, String folder, String page) {
    report.write(home.resolve(folder));
    if (writeDocs) {
      report.writeInto(home.resolve(page));
    }
  }
}
