package dev.farhand.agent.driver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/**
 * A driver whose "outputs" are a file, named by an environment variable: one line for each change,
 * so that a test sees what the hardware would have seen, also after the process has gone.
 */
public final class RecordingDriver implements Driver {
  static final String FILE = "RECORDING_DRIVER_FILE";

  /** What {@link #move}'s second number asks for: an exception, a failing stop, a failing task. */
  static final double FAIL = 0.75;

  static final double FAIL_NEXT_STOP = 0.25;
  static final double FAIL_TASK = -0.25;

  private double asked;

  private final Path file = Path.of(System.getenv(FILE));

  /** For {@link DriverMain}. */
  public RecordingDriver() {}

  @Override
  public void start(JsonNode settings, AgentLink agent) {
    System.out.println("This must not get into the protocol");
    record("start " + agent.robotId());
    agent.every(
        Duration.ofMillis(10),
        () -> {
          if (asked == FAIL_TASK) {
            throw new AssertionError("the task failed");
          }
        });
  }

  @Override
  public void move(double linear, double angular) {
    asked = angular;
    if (angular == FAIL) {
      throw new IllegalStateException("the motor fell off");
    }
    record("move " + linear);
  }

  @Override
  public void stop() {
    if (asked == FAIL_NEXT_STOP) {
      asked = 0;
      throw new AssertionError("the bus is busy");
    }
    record("stop");
  }

  @Override
  public void message(String sessionId, Operator operator, Role role, JsonNode data) {
    record("message of " + data.asText().length());
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
