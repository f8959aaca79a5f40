package dev.farhand.agent.driver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A driver whose outputs are a file: a line each time that they are set, with when, on the clock
 * that all processes of the machine share. What operators send it writes to the agent's log.
 */
public final class JournalDriver implements Driver {
  private @Nullable Path file;
  private @Nullable AgentLink agent;

  /** For {@link DriverMain}. */
  public JournalDriver() {}

  /**
   * One line.
   *
   * @param nanos when, by {@link System#nanoTime}
   * @param act {@code start}, {@code move} or {@code stop}
   * @param linear of a motion
   * @param angular of a motion
   */
  public record Entry(long nanos, String act, double linear, double angular) {
    /** Whether the wheels turn by it. */
    public boolean turns() {
      return linear != 0 || angular != 0;
    }
  }

  /** All lines that are complete. */
  public static List<Entry> read(Path file) {
    try {
      String text = Files.exists(file) ? Files.readString(file) : "";
      return text.substring(0, text.lastIndexOf('\n') + 1)
          .lines()
          .map(JournalDriver::entry)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Entry entry(String line) {
    List<String> words = List.of(line.split(" ", -1));
    return new Entry(
        Long.parseLong(words.get(0)),
        words.get(1),
        Double.parseDouble(words.get(2)),
        Double.parseDouble(words.get(3)));
  }

  @Override
  public void start(JsonNode settings, AgentLink link) {
    file = Path.of(settings.path("journal").asText());
    agent = link;
    note("start", 0, 0);
  }

  @Override
  public void move(double linear, double angular) {
    note("move", linear, angular);
  }

  @Override
  public void stop() {
    note("stop", 0, 0);
  }

  @Override
  public void message(String sessionId, Operator operator, Role role, JsonNode data) {
    if (agent != null) {
      agent.log(System.Logger.Level.INFO, data.asText());
    }
  }

  private void note(String act, double linear, double angular) {
    if (file == null) {
      return;
    }
    String line = System.nanoTime() + " " + act + " " + linear + " " + angular + "\n";
    try {
      // One write: it is in the file, whole, or not.
      Files.write(
          file,
          line.getBytes(StandardCharsets.US_ASCII),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
