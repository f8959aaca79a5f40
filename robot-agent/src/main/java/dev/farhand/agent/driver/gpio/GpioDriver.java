package dev.farhand.agent.driver.gpio;

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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The driver {@code gpio}: motors, servos, switches and sensors on the pins of the board and of a
 * PCA9685. {@code docs/drivers.md} has its settings, messages and telemetry.
 */
public final class GpioDriver implements Driver {
  private static final Duration PERIOD = Duration.ofMillis(100);

  private final Function<GpioSettings, Board> boards;
  private @Nullable Rig rig;
  private @Nullable AgentLink agent;

  /** On this computer's pins. */
  public GpioDriver() {
    this(Board::open);
  }

  GpioDriver(Function<GpioSettings, Board> boards) {
    this.boards = boards;
  }

  @Override
  public void check(JsonNode settings) {
    GpioSettings.read(settings);
  }

  @Override
  public List<Finding> look(JsonNode settings, Machine machine) {
    return new Look(GpioSettings.read(settings), machine, Chip::look).findings();
  }

  @Override
  public void start(JsonNode settings, AgentLink agent) {
    GpioSettings read = GpioSettings.read(settings);
    Board board = boards.apply(read);
    Rig opened;
    try {
      opened = new Rig(read, board);
    } catch (RuntimeException | Error e) {
      board.close();
      throw e;
    }
    rig = opened;
    this.agent = agent;
    opened.watch(
        e -> agent.log(System.Logger.Level.WARNING, "The rangers are silent from here on: " + e));
    agent.every(PERIOD, () -> agent.telemetry(opened.telemetry()));
  }

  @Override
  public void move(double linear, double angular) {
    if (rig != null) {
      rig.move(linear, angular);
    }
  }

  @Override
  public void stop() {
    if (rig != null) {
      rig.stop();
    }
  }

  @Override
  public void message(String sessionId, Operator operator, Role role, JsonNode data) {
    if (rig == null || agent == null || !data.has("gpio")) {
      return;
    }
    AgentLink answers = agent;
    new Wishes(rig)
        .fulfil(data.get("gpio"))
        .ifPresent(wrong -> answers.send(sessionId, Map.of("gpio", Map.of("refused", wrong))));
  }

  @Override
  public void close() {
    if (rig != null) {
      rig.close();
    }
  }
}
