package dev.farhand.agent.driver.gpio;

import com.diozero.api.DigitalInputEvent;
import com.diozero.api.GpioEventTrigger;
import dev.farhand.agent.driver.gpio.SensorSettings.Pull;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/**
 * An HC-SR04 or alike: told to ping, it answers with a pulse as long as the sound's way there and
 * back. The kernel stamps both edges of it, so the distance doesn't depend on how busy this process
 * is, and nobody spins. The ping is on the rangers' thread, edges come on diozero's event thread,
 * and the driver's thread asks.
 */
final class Ranger {
  /** Dry air of 20 degrees Celsius. */
  private static final double METRES_A_SECOND = 343;

  /** HC-SR04 data sheet: 2 cm to 4 m. */
  private static final double NEAREST = 0.02;

  private static final double FARTHEST = 4;
  private static final long TRIGGER_NANOS = 12_000;

  private final Output trigger;
  private final LongSupplier nanoTime;
  private long risen;
  private volatile Echo last;

  Ranger(Output trigger, LongSupplier nanoTime) {
    this.trigger = trigger;
    this.nanoTime = nanoTime;
    this.last = new Echo(OptionalDouble.empty(), nanoTime.getAsLong());
  }

  static Ranger open(SensorSettings.Ranger settings, Board board) {
    Ranger ranger = new Ranger(board.output(settings.trigger()), System::nanoTime);
    board
        .input(settings.path(), settings.echo(), Pull.NONE, GpioEventTrigger.BOTH)
        .setListener(
            (DigitalInputEvent event) -> ranger.edge(event.getValue(), event.getNanoTime()));
    return ranger;
  }

  void ping() {
    trigger.set(1);
    long end = System.nanoTime() + TRIGGER_NANOS;
    while (System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
    trigger.set(0);
  }

  void edge(boolean high, long at) {
    if (high) {
      risen = at;
    } else if (risen != 0) {
      last = new Echo(distance(at - risen), nanoTime.getAsLong());
      risen = 0;
    }
  }

  /** Metres for an echo of so many nanoseconds; empty if that is out of reach. */
  static OptionalDouble distance(long nanos) {
    double metres = nanos / 1e9 * METRES_A_SECOND / 2;
    return metres >= NEAREST && metres <= FARTHEST
        ? OptionalDouble.of(metres)
        : OptionalDouble.empty();
  }

  /**
   * Metres; empty if nothing is in reach or the ranger doesn't answer.
   *
   * @param fresh nanoseconds for which an echo counts
   */
  OptionalDouble metres(long fresh) {
    Echo echo = last;
    return nanoTime.getAsLong() - echo.at > fresh ? OptionalDouble.empty() : echo.metres;
  }

  private record Echo(OptionalDouble metres, long at) {}
}
