package dev.farhand.board.parts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The system's own programs, run to their end. Any thread. */
final class Command {
  private static final int LAST_LINES = 20;
  private static final List<Path> PLACES =
      Stream.of("/usr/sbin", "/usr/bin", "/sbin", "/bin").map(Path::of).toList();

  private Command() {}

  /**
   * Runs one.
   *
   * @param line is called with each line that it prints
   * @throws PartsException with its last words if it fails
   */
  static void run(List<String> command, Consumer<String> line) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("LC_ALL", "C");
      builder.environment().put("PATH", System.getenv("PATH") + ":/usr/sbin:/sbin");
      Process process = builder.start();
      process.getOutputStream().close();
      Deque<String> last = new ArrayDeque<>();
      try (BufferedReader output = process.inputReader(UTF_8)) {
        for (String text = output.readLine(); text != null; text = output.readLine()) {
          line.accept(text);
          last.add(text);
          if (last.size() > LAST_LINES) {
            last.remove();
          }
        }
      }
      int status = process.waitFor();
      if (status != 0) {
        throw new PartsException(
            command.get(0) + " failed (" + status + "):\n" + String.join("\n", last));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static void run(String... command) {
    run(List.of(command), line -> {});
  }

  /** The first of these programs that this machine does not have. */
  static Optional<String> missing(String... programs) {
    return Stream.of(programs)
        .filter(
            program ->
                PLACES.stream().noneMatch(place -> Files.isExecutable(place.resolve(program))))
        .findFirst();
  }
}
