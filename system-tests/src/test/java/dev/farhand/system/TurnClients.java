package dev.farhand.system;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.farhand.system.turn.Answer;
import dev.farhand.system.turn.Ask;
import dev.farhand.system.turn.Clients;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** TURN clients inside a namespace: {@link Clients} in a process of its own. For one thread. */
final class TurnClients implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final Process process;
  private final BufferedReader out;
  private final BufferedWriter in;
  private final Path log;

  /**
   * @param log what goes wrong there
   */
  TurnClients(String namespace, Path log) {
    this.log = log;
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Clients.class.getName());
    try {
      process =
          new ProcessBuilder(TurnNetwork.inside(namespace, java))
              .redirectError(log.toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out = process.inputReader();
    in = process.outputWriter();
  }

  Answer ask(Ask ask) {
    try {
      in.write(JSON.writeValueAsString(ask));
      in.newLine();
      in.flush();
      String line = out.readLine();
      if (line == null) {
        throw new AssertionError("The clients have ended over " + ask + "; see " + log);
      }
      return JSON.readValue(line, Answer.class);
    } catch (IOException e) {
      throw new AssertionError("The clients have ended over " + ask + "; see " + log, e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
