package dev.farhand.netlab.robot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.farhand.agent.driver.AgentLink;
import dev.farhand.agent.driver.Driver;
import dev.farhand.agent.driver.sim.SimDriver;
import dev.farhand.protocol.ChannelMessage.Drive;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The simulated rover, which also writes down what it does and when. Settings: {@code journal}, the
 * file; {@code ageMillis}, how often to write how old the newest motion and message are, 0 for
 * never.
 */
public final class LabDriver implements Driver {
  private final SimDriver rover = new SimDriver();
  private final ObjectMapper json = new ObjectMapper();
  private @Nullable Writer journal;
  private boolean safe;
  private boolean turning;
  private boolean rolling;
  private boolean wanted;
  private double linear;
  private long movedAt;
  private long messageAt;

  /** For {@code DriverMain}. */
  public LabDriver() {}

  @Override
  public void start(JsonNode settings, AgentLink agent) throws IOException {
    journal =
        Files.newBufferedWriter(
            Path.of(settings.path("journal").asText()),
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
    rover.start(settings, new Watched(agent));
    int every = settings.path("ageMillis").asInt();
    if (every > 0) {
      agent.every(Duration.ofMillis(every), this::age);
    }
  }

  @Override
  public void move(double linear, double angular) throws IOException {
    long now = System.nanoTime();
    rover.move(linear, angular);
    if (Math.abs(linear) <= Drive.NEUTRAL && Math.abs(angular) <= Drive.NEUTRAL) {
      wanted = false;
      halt(Deed.What.HALT, now);
      return;
    }
    if (!turning) {
      write(Deed.of(Deed.What.GO, now, movedAt));
    }
    turning = true;
    rolling = true;
    wanted = true;
    movedAt = now;
    this.linear = linear;
  }

  @Override
  public void stop() throws IOException {
    long now = System.nanoTime();
    rover.stop();
    if (!safe) {
      safe = true;
      write(Deed.of(Deed.What.SAFE, now, 0));
    }
    halt(Deed.What.STOP, now);
  }

  @Override
  public void message(String sessionId, Operator operator, Role role, JsonNode data) {
    messageAt = data.path("sent").asLong(messageAt);
  }

  private void halt(Deed.What how, long now) throws IOException {
    if (turning) {
      turning = false;
      write(new Deed(how, now, movedAt, Clocked.age(linear, now), 0));
    }
  }

  private void age() {
    // Also while it stands for want of a command: then the newest is old indeed.
    if (wanted) {
      long now = System.nanoTime();
      writeUnchecked(
          new Deed(
              Deed.What.AGE,
              now,
              movedAt,
              Clocked.age(linear, now),
              messageAt == 0 ? 0 : (now - messageAt) / 1e6));
    }
  }

  private void rested(JsonNode telemetry) {
    if (rolling && !turning && telemetry.path("speed").path("linear").asDouble() == 0) {
      rolling = false;
      writeUnchecked(Deed.of(Deed.What.REST, System.nanoTime(), movedAt));
    }
  }

  private void write(Deed deed) throws IOException {
    if (journal != null) {
      journal.write(json.writeValueAsString(deed) + "\n");
      journal.flush();
    }
  }

  private void writeUnchecked(Deed deed) {
    try {
      write(deed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sees the rover's telemetry on its way out, on the driver's thread. */
  private final class Watched implements AgentLink {
    private final AgentLink agent;

    Watched(AgentLink agent) {
      this.agent = agent;
    }

    @Override
    public String robotId() {
      return agent.robotId();
    }

    @Override
    public void telemetry(Object values) {
      rested(json.valueToTree(values));
      agent.telemetry(values);
    }

    @Override
    public void send(String sessionId, Object data) {
      agent.send(sessionId, data);
    }

    @Override
    public void sendAll(Object data) {
      agent.sendAll(data);
    }

    @Override
    public void log(System.Logger.Level level, String text) {
      agent.log(level, text);
    }

    @Override
    public void every(Duration period, Runnable task) {
      agent.every(period, task);
    }
  }
}
