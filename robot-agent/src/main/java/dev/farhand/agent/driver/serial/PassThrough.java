package dev.farhand.agent.driver.serial;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What an operator has written to the device, if that may be. The driver's thread. */
final class PassThrough {
  private final SerialSettings settings;
  private final Wire wire;

  PassThrough(SerialSettings settings, Wire wire) {
    this.settings = settings;
    this.wire = wire;
  }

  /**
   * Writes a message's {@code serial}.
   *
   * @param holder whether its sender drives the robot
   * @return why not, if it was not written
   */
  Optional<String> write(JsonNode value, boolean holder) {
    if (!settings.passThrough()) {
      return Optional.of("This robot writes nothing through: pass-through is not set.");
    }
    if (!holder) {
      return Optional.of("Only whoever drives may write to the device, while the robot is armed.");
    }
    byte[] bytes;
    try {
      bytes = settings.writing().bytes(value, Refusal::new);
    } catch (Refusal e) {
      return Optional.of("serial " + e.getMessage() + ".");
    }
    if (bytes.length > settings.bytesInTime()) {
      return Optional.of("serial takes longer than a tenth of a second at this baud rate.");
    }
    if (!wire.isIdle()) {
      return Optional.of("The device is still busy with what came before.");
    }
    wire.write(bytes);
    return Optional.empty();
  }

  /** Not to be written. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(String reason) {
      super(reason);
    }
  }
}
