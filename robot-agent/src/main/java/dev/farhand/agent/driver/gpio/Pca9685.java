package dev.farhand.agent.driver.gpio;

import com.diozero.api.I2CDevice;
import com.diozero.internal.spi.NativeDeviceFactoryInterface;

/**
 * NXP's PCA9685: sixteen pulsed outputs on the I2C bus, which run on by themselves whatever becomes
 * of this process. Register numbers are of its data sheet, section 7.3. Not diozero's class, which
 * starts the chip with whatever it did before and writes a channel in four steps, of which the
 * third can leave a pulse of another length. The driver's thread.
 */
final class Pca9685 implements AutoCloseable {
  private static final int MODE1 = 0x00;
  private static final int MODE2 = 0x01;
  private static final int CHANNEL_0 = 0x06;
  private static final int ALL_OFF_HIGH = 0xfd;
  private static final int PRESCALE = 0xfe;

  private static final int AUTO_INCREMENT = 0x20;
  private static final int SLEEP = 0x10;
  private static final int TOTEM_POLE = 0x04;

  /** In the high byte of an ON or OFF register: on, or off, all the time. */
  private static final int FULL = 0x10;

  private static final double OSCILLATOR_HERTZ = 25e6;
  private static final int STEPS = 4096;

  private final I2CDevice bus;

  /**
   * Switches all channels off, then sets the chip up.
   *
   * @throws RuntimeException if there is no such chip or no such bus
   */
  Pca9685(NativeDeviceFactoryInterface factory, ExpanderSettings settings) {
    bus =
        I2CDevice.builder(settings.address())
            .setController(settings.bus())
            .setDeviceFactory(factory)
            .build();
    try {
      // Before anything else: its channels may be on since another process has died.
      bus.writeByteData(ALL_OFF_HIGH, FULL);
      bus.writeByteData(MODE1, SLEEP | AUTO_INCREMENT);
      bus.writeByteData(PRESCALE, prescale(settings.hertz()));
      bus.writeByteData(MODE2, TOTEM_POLE);
      bus.writeByteData(MODE1, AUTO_INCREMENT);
      // The oscillator needs 500 us (section 7.3.1.1).
      Thread.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      bus.close();
      throw new IllegalStateException("Interrupted while the PCA9685 wakes up.", e);
    } catch (RuntimeException e) {
      bus.close();
      throw e;
    }
  }

  static int prescale(int hertz) {
    return (int) Math.round(OSCILLATOR_HERTZ / (STEPS * (double) hertz)) - 1;
  }

  /** One of its outputs, 0 to 15; off. */
  Output channel(int number) {
    return new Output() {
      @Override
      public void set(double duty) {
        int steps = (int) Math.round(duty * STEPS);
        int onHigh = steps >= STEPS ? FULL : 0;
        int off = steps <= 0 ? FULL << 8 : steps >= STEPS ? 0 : steps;
        // One transfer: the chip takes over all four bytes at its end.
        bus.writeI2CBlockData(
            CHANNEL_0 + 4 * number, (byte) 0, (byte) onHigh, (byte) off, (byte) (off >> 8));
      }

      @Override
      public void close() {
        // The bus is closed for all of them.
      }
    };
  }

  @Override
  public void close() {
    bus.close();
  }
}
