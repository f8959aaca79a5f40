package dev.farhand.agent.driver.serial;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.driver.AgentLink;
import dev.farhand.agent.driver.Driver;
import dev.farhand.agent.machine.Finding;
import dev.farhand.agent.machine.Machine;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The driver {@code serial}: motion for a microcontroller or a motor controller on a serial port,
 * and what it or a GPS receiver tells. {@code docs/drivers.md} has its settings, messages and
 * telemetry.
 */
public final class SerialDriver implements Driver {
  private static final Duration PERIOD = Duration.ofMillis(20);

  /** Fewer than the 30 a second that the agent takes. */
  private static final int TELL_EVERY = 2;

  private final Standing standing = new Standing();
  private @Nullable Open open;
  private int turn;

  @Override
  public void check(JsonNode settings) {
    SerialSettings.read(settings);
  }

  @Override
  public Duration waitsAtStart(JsonNode settings) {
    return SerialSettings.read(settings).delayWriteStart();
  }

  @Override
  public List<Finding> look(JsonNode settings, Machine machine) {
    return List.of(
        machine.device(
            SerialSettings.read(settings).port(),
            "Plug it in; what is there, says: farhand-agent devices"));
  }

  @Override
  public void start(JsonNode settings, AgentLink agent) throws InterruptedException {
    SerialSettings read = SerialSettings.read(settings);
    Wire wire = Wire.open(read);
    // Not a byte before: the boot loader of a board that was reset takes them for its own.
    Thread.sleep(read.delayWriteStart().toMillis());
    open = new Open(read, wire, new Received(read, agent), new PassThrough(read, wire), agent);
    agent.every(PERIOD, this::tick);
  }

  @Override
  public void move(double linear, double angular) {
    if (open != null && open.settings.drive().isPresent()) {
      standing.moves();
      open.wire.write(open.settings.drive().get().bytes(linear, angular));
    }
  }

  @Override
  public void stop() {
    if (open != null && open.settings.safe().isPresent()) {
      standing.stops(System.nanoTime());
      open.wire.stop(open.settings.safe().get());
    }
  }

  @Override
  public void message(
      String sessionId, Operator operator, Role role, JsonNode data, boolean holder) {
    if (open == null || !data.has("serial")) {
      return;
    }
    if (open.settings.writing() instanceof Writing.Nothing && !data.path("driver").isTextual()) {
      return; // Meant for another: a receiver beside a motor controller is asked for nothing.
    }
    AgentLink agent = open.agent;
    open.passThrough
        .write(data.get("serial"), holder)
        .ifPresent(why -> agent.send(sessionId, Map.of("serial", Map.of("refused", why))));
  }

  @Override
  public void close() {
    if (open != null) {
      open.wire.close();
    }
  }

  private void tick() {
    if (open == null) {
      return;
    }
    open.wire.check();
    if (standing.isDue(System.nanoTime()) && open.settings.safe().isPresent()) {
      open.wire.stop(open.settings.safe().get());
    }
    turn = (turn + 1) % TELL_EVERY;
    if (turn == 0) {
      open.received.take(open.wire.arrived());
    }
  }

  /** What there is once the port is open. */
  private record Open(
      SerialSettings settings,
      Wire wire,
      Received received,
      PassThrough passThrough,
      AgentLink agent) {}
}
