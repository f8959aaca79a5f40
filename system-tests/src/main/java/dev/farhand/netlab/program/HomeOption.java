package dev.farhand.netlab.program;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code --home}, for the commands that measure; a picocli mixin. */
public final class HomeOption {
  @Option(
      names = "--home",
      paramLabel = "FOLDER",
      defaultValue = "${sys:farhand.home:-.}",
      description = "Where Farhand's sources are, built.")
  private Path home = Path.of(".");

  /** For picocli. */
  public HomeOption() {}

  public Path resolve(String file) {
    return home.resolve(file);
  }

  /** With what is written in a folder of the project. */
  public Folders folders(String work) {
    return new Folders(home, home.resolve(work));
  }
}
