package dev.farhand.agent.driver.gpio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.farhand.agent.driver.AgentLink;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A driver on a {@link TestBoard}, called as its runner would, on the test's thread. */
final class Bed implements AgentLink, AutoCloseable {
  final TestBoard board = new TestBoard();
  final GpioDriver driver;

  /** The kernel's PWM units: one with two channels, closed. */
  final Path pwm;

  final List<JsonNode> sent = new ArrayList<>();
  final Queue<String> logged = new ConcurrentLinkedQueue<>();
  private @Nullable JsonNode telemetry;
  private @Nullable Runnable task;
  private boolean closed;

  Bed() {
    try {
      pwm = Files.createTempDirectory("pwm");
      Files.createDirectory(pwm.resolve("pwmchip0"));
      Files.writeString(pwm.resolve("pwmchip0/npwm"), "2\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    driver = new GpioDriver(settings -> new Board(board, settings, pwm));
  }

  /** Started, and stopped for the first time. */
  static Bed with(String... yaml) {
    Bed bed = new Bed();
    bed.start(yaml);
    bed.driver.stop();
    return bed;
  }

  void start(String... yaml) {
    driver.start(settings(yaml), this);
  }

  static JsonNode settings(String... yaml) {
    try {
      return new YAMLMapper().readTree(String.join("\n", yaml));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  void message(String json) {
    try {
      JsonNode data = new ObjectMapper().readTree(json);
      driver.message("s-1", new Operator("o-ann", "ann"), Role.DRIVER, data);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the driver tells when it is its time to. */
  JsonNode telemetry() {
    if (task != null) {
      task.run();
    }
    if (telemetry == null) {
      throw new AssertionError("There is no telemetry");
    }
    return telemetry;
  }

  @Override
  public String robotId() {
    return "rover1";
  }

  @Override
  public void telemetry(Object values) {
    telemetry = new ObjectMapper().valueToTree(values);
  }

  @Override
  public void send(String sessionId, Object data) {
    sent.add(new ObjectMapper().valueToTree(data));
  }

  @Override
  public void sendAll(Object data) {
    send("", data);
  }

  @Override
  public void log(System.Logger.Level level, String text) {
    logged.add(text);
  }

  @Override
  public void every(Duration period, Runnable each) {
    task = each;
  }

  /** Its last calls; what fails then is thrown. */
  void end() {
    closed = true;
    try {
      driver.stop();
    } finally {
      driver.close();
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(pwm)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!closed) {
      board.broken.clear();
      board.busBroken = false;
      end();
    }
  }
}
