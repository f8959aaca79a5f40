package dev.farhand.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Finds out whether something of the agent drives on this machine already: proc(5). */
final class RunningAgent {
  private static final Path PROCESSES = Path.of("/proc");

  private static final List<String> DRIVING = List.of("run", "try");

  private RunningAgent() {}

  /** The process that runs an agent, or another try, if there is any that can be seen. */
  static OptionalLong process() {
    try (Stream<Path> processes = Files.list(PROCESSES)) {
      return processes
          .filter(process -> process.getFileName().toString().matches("[0-9]+"))
          .filter(process -> isAgent(words(process)))
          .mapToLong(process -> Long.parseLong(process.getFileName().toString()))
          .filter(process -> process != ProcessHandle.current().pid())
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /** The Java machine itself, not its launcher: the command follows the class. */
  static boolean isAgent(List<String> words) {
    int main = words.indexOf(Main.class.getName());
    return main >= 0 && main + 1 < words.size() && DRIVING.contains(words.get(main + 1));
  }

  private static List<String> words(Path process) {
    try {
      byte[] line = Files.readAllBytes(process.resolve("cmdline"));
      return List.of(new String(line, StandardCharsets.UTF_8).split("\0", -1));
    } catch (IOException e) {
      return List.of(); // It has ended meanwhile.
    }
  }
}
