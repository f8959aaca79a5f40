package dev.farhand.agent.driver;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A driver whose "outputs" are a file, named by an environment variable: one line for each change,
 * so that a test sees what the hardware would have seen, also after the process has gone.
 */
public final class RecordingDriver implements Driver {
  static final String FILE = "RECORDING_DRIVER_FILE";

  private final Path file = Path.of(System.getenv(FILE));

  /** For {@link DriverMain}. */
  public RecordingDriver() {}

  @Override
  public void start(JsonNode settings, AgentLink agent) {
    System.out.println("This must not get into the protocol");
    record("start " + agent.robotId());
  }

  @Override
  public void move(double linear, double angular) {
    if (angular == 0.75) {
      throw new IllegalStateException("the motor fell off");
    }
    record("move " + linear);
  }

  @Override
  public void stop() {
    record("stop");
  }

  @Override
  public void close() throws InterruptedException {
    record("close");
    // Hardware may take a while to be let go; lines of the agent can come meanwhile.
    Thread.sleep(100);
  }

  private void record(String line) {
    try {
      Files.write(file, List.of(line), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
