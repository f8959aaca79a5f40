package dev.farhand.agent.driver.gpio;

import com.diozero.api.GpioEventTrigger;
import com.diozero.internal.spi.GpioDigitalInputDeviceInterface;
import dev.farhand.agent.driver.gpio.SensorSettings.Input;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All that the settings name, on the board's pins: what moves, what operators switch, what is read.
 * The driver's thread.
 */
final class Rig implements AutoCloseable {
  private final Board board;
  private final Optional<Output> enable;
  private final Optional<Drive> drive;
  private final OptionalDouble track;
  private final Map<String, Switch> outputs = new LinkedHashMap<>();
  private final Map<String, Servo> servos = new LinkedHashMap<>();
  private final Map<String, BooleanSupplier> inputs = new LinkedHashMap<>();
  private final Map<String, Encoder> encoders = new LinkedHashMap<>();
  private final Rangers rangers = new Rangers();
  private boolean enabled;

  /**
   * Opens everything, the enable pin first, each at its safe level. All outputs are tried,
   * whichever fails: a process that was killed may have left any of them running.
   *
   * @throws RuntimeException if something is not there; what was opened is let go by {@code board}
   */
  Rig(GpioSettings settings, Board board) {
    this.board = board;
    enable = settings.enable().map(board::output);
    board.quieten();
    drive = settings.drive().map(wanted -> Drive.open(wanted, board));
    track =
        settings.drive().orElse(null) instanceof DriveSettings.Differential sides
            ? sides.track()
            : OptionalDouble.empty();
    settings.outputs().forEach((name, wanted) -> outputs.put(name, Switch.open(wanted, board)));
    settings.servos().forEach((name, wanted) -> servos.put(name, Servo.open(wanted, board)));
    board.allOpened();
    settings.inputs().forEach((name, wanted) -> inputs.put(name, input(wanted)));
    settings.encoders().forEach((name, wanted) -> encoders.put(name, Encoder.open(wanted, board)));
    settings.rangers().forEach((name, wanted) -> rangers.add(name, Ranger.open(wanted, board)));
    board.allOpened();
  }

  private BooleanSupplier input(Input wanted) {
    GpioDigitalInputDeviceInterface device =
        board.input(wanted.path(), wanted.gpio(), wanted.pull(), GpioEventTrigger.NONE);
    return () -> device.getValue() != wanted.activeLow();
  }

  void watch(Consumer<RuntimeException> rangersFailed) {
    rangers.start(rangersFailed);
  }

  /** The enable pin comes on with the first motion that is one, and goes off with each stop. */
  void move(double linear, double angular) {
    if (linear != 0 || angular != 0) {
      enable.ifPresent(pin -> pin.set(1));
      enabled = true;
    }
    drive.ifPresent(motors -> motors.move(linear, angular));
  }

  /** Tries all of it, whatever fails; throws afterwards. */
  void stop() {
    Attempts attempts = new Attempts();
    disable(attempts);
    drive.ifPresent(motors -> motors.rest(attempts));
    outputs.values().forEach(output -> output.safe(attempts));
    servos.values().forEach(servo -> servo.safe(attempts));
    attempts.end();
  }

  private void disable(Attempts attempts) {
    enabled = false;
    enable.ifPresent(pin -> attempts.attempt(() -> pin.set(0)));
  }

  Map<String, Switch> outputs() {
    return outputs;
  }

  Map<String, Servo> servos() {
    return servos;
  }

  /**
   * To be asked ten times a second.
   *
   * @throws RuntimeException if a pin has failed meanwhile
   */
  Telemetry telemetry() {
    board.check();
    Map<String, Turning> turning = each(encoders, Encoder::read);
    return new Telemetry(
        enable.isPresent() ? enabled : null,
        drive.map(Drive::powers).map(powers -> each(powers, Telemetry::rounded)).orElse(Map.of()),
        each(outputs, Switch::on),
        degrees(),
        each(inputs, BooleanSupplier::getAsBoolean),
        turning,
        rangers.metres(),
        speed(turning.get("left"), turning.get("right")));
  }

  private Map<String, @Nullable Double> degrees() {
    Map<String, @Nullable Double> all = new LinkedHashMap<>();
    servos.forEach(
        (name, servo) -> {
          OptionalDouble degrees = servo.degrees();
          all.put(name, degrees.isPresent() ? (Double) degrees.getAsDouble() : null);
        });
    return all;
  }

  private Telemetry.@Nullable Speed speed(@Nullable Turning left, @Nullable Turning right) {
    if (track.isEmpty() || left == null || right == null) {
      return null;
    }
    Double leftSpeed = left.speed();
    Double rightSpeed = right.speed();
    return leftSpeed == null || rightSpeed == null
        ? null
        : new Telemetry.Speed(
            Telemetry.rounded((leftSpeed + rightSpeed) / 2),
            Telemetry.rounded((rightSpeed - leftSpeed) / track.getAsDouble()));
  }

  private static <A, B> Map<String, B> each(Map<String, A> all, Function<A, B> of) {
    Map<String, B> mapped = new LinkedHashMap<>();
    all.forEach((name, value) -> mapped.put(name, of.apply(value)));
    return mapped;
  }

  /** Leaves every pin as it should be without anybody to look after it, then lets go of it. */
  @Override
  public void close() {
    Attempts attempts = new Attempts();
    attempts.attempt(rangers::close);
    disable(attempts);
    drive.ifPresent(motors -> motors.off(attempts));
    outputs.values().forEach(output -> output.off(attempts));
    servos.values().forEach(servo -> servo.off(attempts));
    attempts.attempt(board::close);
    attempts.end();
  }
}
