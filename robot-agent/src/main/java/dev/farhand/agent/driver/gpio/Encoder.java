package dev.farhand.agent.driver.gpio;

import com.diozero.api.DigitalInputEvent;
import com.diozero.api.GpioEventTrigger;
import com.diozero.internal.spi.GpioDigitalInputDeviceInterface;
import dev.farhand.agent.driver.gpio.SensorSettings.Pull;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Counts a wheel's pulses: with two tracks every edge of both, forward or backward; with one the
 * rising edges. Edges come on diozero's event thread; everything else is the driver's.
 */
final class Encoder {
  /** A reading of the speed needs so long at least. */
  private static final double SHORTEST_SECONDS = 0.05;

  private final boolean invert;
  private final OptionalDouble metres;
  private final LongSupplier nanoTime;
  private final AtomicLong count = new AtomicLong();
  private boolean a;
  private boolean b;
  private long countThen;
  private long then;
  private double rate;

  Encoder(boolean invert, OptionalDouble metres, LongSupplier nanoTime) {
    this.invert = invert;
    this.metres = metres;
    this.nanoTime = nanoTime;
    this.then = nanoTime.getAsLong();
  }

  static Encoder open(SensorSettings.Encoder settings, Board board) {
    Encoder encoder = new Encoder(settings.invert(), settings.metres(), System::nanoTime);
    String path = settings.path();
    Pull pull = settings.pull();
    if (settings.b().isEmpty()) {
      board
          .input(path, settings.a(), pull, GpioEventTrigger.RISING)
          .setListener(event -> encoder.pulse());
      return encoder;
    }
    GpioDigitalInputDeviceInterface a =
        board.input(path, settings.a(), pull, GpioEventTrigger.BOTH);
    GpioDigitalInputDeviceInterface b =
        board.input(path, settings.b().getAsInt(), pull, GpioEventTrigger.BOTH);
    encoder.a = a.getValue();
    encoder.b = b.getValue();
    a.setListener((DigitalInputEvent event) -> encoder.edgeOfA(event.getValue()));
    b.setListener((DigitalInputEvent event) -> encoder.edgeOfB(event.getValue()));
    return encoder;
  }

  void pulse() {
    count.addAndGet(invert ? -1 : 1);
  }

  /** Forward, A is ahead: it changes to what B is not. */
  void edgeOfA(boolean level) {
    if (level != a) {
      a = level;
      count.addAndGet((a != b) != invert ? 1 : -1);
    }
  }

  void edgeOfB(boolean level) {
    if (level != b) {
      b = level;
      count.addAndGet((a == b) != invert ? 1 : -1);
    }
  }

  /** The count, and the speed since the last reading. */
  Turning read() {
    long now = nanoTime.getAsLong();
    long counted = count.get();
    double seconds = (now - then) / 1e9;
    if (seconds >= SHORTEST_SECONDS) {
      rate = (counted - countThen) / seconds;
      countThen = counted;
      then = now;
    }
    return metres.isPresent()
        ? new Turning(counted, null, Telemetry.rounded(rate * metres.getAsDouble()))
        : new Turning(counted, Telemetry.rounded(rate), null);
  }
}
