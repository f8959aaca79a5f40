package dev.farhand.board.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A second state of this machine's apt, for another architecture: its sources, keys and proxies are
 * the machine's, and it changes nothing there. apt checks what it gets. One thread.
 */
final class ForeignApt {
  /** {@code #clear}: hooks and indexes that somebody has added are for the machine's own state. */
  private static final String SETTINGS =
      """
      #clear APT::Update::Pre-Invoke;
      #clear APT::Update::Post-Invoke;
      #clear APT::Update::Post-Invoke-Success;
      #clear DPkg::Post-Invoke;
      #clear Acquire::IndexTargets::deb::Contents-deb;
      #clear Acquire::IndexTargets::deb::DEP-11;
      #clear APT::Architectures;
      APT::Architecture "%1$s";
      APT::Architectures:: "%1$s";
      APT::Install-Recommends "false";
      APT::Get::Assume-Yes "true";
      APT::Sandbox::User "root";
      Acquire::Languages "none";
      Acquire::Retries "3";
      Dir::State "%2$s/state";
      Dir::State::Lists "%2$s/lists";
      Dir::State::status "/dev/null";
      Dir::Cache "%2$s/cache";
      Dir::Cache::archives "%2$s/archives";
      """;

  private final Path folder;
  private final Path settings;
  private final Consumer<String> progress;

  /**
   * Nothing is got yet.
   *
   * @param folder empty, for everything
   */
  ForeignApt(String architecture, Path folder, Consumer<String> progress) throws IOException {
    this.folder = folder;
    this.settings = folder.resolve("apt.conf");
    this.progress = progress;
    for (String part : List.of("state", "lists/partial", "cache", "archives/partial")) {
      Files.createDirectories(folder.resolve(part));
    }
    Files.writeString(settings, SETTINGS.formatted(architecture, folder));
  }

  /** Gets the lists of what there is. A source that has nothing for this architecture is fine. */
  void update() {
    run(List.of("apt-get", "update"), line -> {});
  }

  /** Gets packages, with all that they depend on. */
  void download(List<String> packages) {
    List<String> command = new ArrayList<>(List.of("apt-get", "install", "--download-only"));
    command.addAll(packages);
    run(
        command,
        line -> {
          if (line.startsWith("Need to get")) {
            progress.accept("  " + line.replace("Need to get", "getting"));
          }
        });
  }

  /** The packages that are there. */
  List<Path> archives() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("archives"))) {
      return files.filter(file -> file.toString().endsWith(".deb")).sorted().toList();
    }
  }

  private void run(List<String> command, Consumer<String> line) {
    List<String> whole = new ArrayList<>(command);
    whole.addAll(1, List.of("-c", settings.toString()));
    Command.run(whole, line);
  }
}
