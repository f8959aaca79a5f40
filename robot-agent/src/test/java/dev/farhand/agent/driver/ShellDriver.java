package dev.farhand.agent.driver;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A driver in sh that writes down each line it gets, acknowledges what asks for it, and ends when a
 * line has {@code die} in it.
 */
public final class ShellDriver {
  private static final String SCRIPT =
      """
      read -r configure
      echo '{"type":"ready","name":"a shell"}'
      echo '{"type":"telemetry","values":TELEMETRY}'
      while read -r line; do
        echo "$line" >> 'FILE'
        case $line in *die*) exit 3 ;; esac
        seq=${line##*'"seq":'}
        [ "$seq" = "$line" ] || echo "{\\"type\\":\\"ack\\",\\"seq\\":${seq%%[!0-9]*}}"
      done
      """;

  private final Path file;
  private final DriverSpec spec;

  /**
   * @param file where it writes lines
   * @param telemetry an object, told once
   */
  public ShellDriver(String name, Path file, String telemetry) {
    this.file = file;
    String script = SCRIPT.replace("FILE", file.toString()).replace("TELEMETRY", telemetry);
    this.spec =
        DriverSpec.ofCommand(
                List.of("/bin/sh", "-c", script),
                JsonNodeFactory.instance.objectNode(),
                // The machine may be busy, and nothing is timed here.
                Duration.ofSeconds(5))
            .called(name);
  }

  public DriverSpec spec() {
    return spec;
  }

  /** The lines so far. */
  List<String> lines() {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean got(String part) {
    return lines().stream().anyMatch(line -> line.contains(part));
  }
}
