package dev.farhand.agent.driver.gpio;

import com.diozero.api.GpioEventTrigger;
import com.diozero.api.GpioPullUpDown;
import com.diozero.api.PinInfo;
import com.diozero.internal.SoftwarePwmOutputDevice;
import com.diozero.internal.provider.builtin.DefaultDeviceFactory;
import com.diozero.internal.spi.GpioDigitalInputDeviceInterface;
import com.diozero.internal.spi.GpioDigitalOutputDeviceInterface;
import com.diozero.internal.spi.InternalPwmOutputDeviceInterface;
import com.diozero.internal.spi.NativeDeviceFactoryInterface;
import dev.farhand.agent.driver.gpio.SensorSettings.Pull;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The board's pins, opened one by one, each at its safe level. The driver's thread.
 *
 * <p>diozero's provider is made here and not by its {@code DeviceFactoryHelper}: that installs a
 * shutdown hook, which would let go of all pins while the driver is making them safe. For the same
 * reason the provider is never closed; the process ends anyway.
 */
final class Board implements AutoCloseable {
  private static final String GPIO_HINT =
      " Does the board have it (gpiodetect), does nobody else hold it (gpioinfo), and is this user in"
          + " the group gpio?";
  private static final String BUS_HINT =
      " Is the I2C bus turned on, does the PCA9685 answer (i2cdetect -y 1), and is this user in the"
          + " group i2c?";
  private static final Path DEVICES = Path.of("/dev");
  private static final Path PWM = Path.of("/sys/class/pwm");

  private final NativeDeviceFactoryInterface factory;
  private final GpioSettings settings;
  private final Path pwm;
  private final Deque<Runnable> closing = new ArrayDeque<>();
  private final Attempts opening = new Attempts();
  private @Nullable SoftwarePwm softwarePwm;
  private @Nullable Pca9685 expander;
  private @Nullable RuntimeException noExpander;

  /**
   * No pin is open yet.
   *
   * @param factory diozero's provider, started
   * @param settings whose pins will be opened
   * @param pwm where the kernel shows PWM units
   */
  Board(NativeDeviceFactoryInterface factory, GpioSettings settings, Path pwm) {
    this.factory = factory;
    this.settings = settings;
    this.pwm = pwm;
  }

  /** With the provider that is on the class path, or else diozero's own. */
  static Board open(GpioSettings settings) {
    // Its warnings are about boards and files that it only tries.
    System.setProperty("tinylog.level@com.diozero", "error");
    NativeDeviceFactoryInterface factory =
        NativeDeviceFactoryInterface.loadInstances()
            .findFirst()
            .orElseGet(DefaultDeviceFactory::new);
    try {
      factory.start();
    } catch (RuntimeException | LinkageError e) {
      throw new IllegalStateException(
          "The board's pins cannot be reached: "
              + e.getMessage()
              + ". diozero unpacks a small library into "
              + System.getProperty("java.io.tmpdir")
              + ", which must be writable and not mounted noexec.",
          e);
    }
    return new Board(factory, settings, PWM);
  }

  /**
   * Switches off what a dead process may have left running: the PCA9685 and all channels of the PWM
   * unit at once, since diozero takes 50 ms to open each. What fails here fails again as its pins
   * are opened, and is told then.
   */
  void quieten() {
    Attempts quiet = new Attempts();
    for (Source.Hardware pulsed : settings.pulsed()) {
      quiet.attempt(
          () -> {
            PwmUnit unit = PwmUnit.open(pwm, settings.pwmUnit());
            unit.quieten(unit.channel(pulsed));
          });
    }
    if (settings.expander().isPresent()) {
      quiet.attempt(this::expander);
    }
  }

  /** Opens an output; it is off. */
  Output output(Source source) {
    return output(source, false);
  }

  /**
   * Opens an output that is on or off from the first moment. One that fails does nothing, so that
   * the others still become safe; {@link #allOpened} tells of it.
   */
  Output output(Source source, boolean on) {
    try {
      return open(source, on);
    } catch (IllegalStateException e) {
      opening.failed(e);
      return new Missing();
    }
  }

  /**
   * To be called when outputs have been opened.
   *
   * @throws IllegalStateException if any could not be: the first one, with the others attached
   */
  void allOpened() {
    opening.end();
  }

  private Output open(Source source, boolean on) {
    return opened(
        source.path(),
        hint(source),
        () -> {
          if (source instanceof Source.Level level) {
            return line(level.gpio(), level.activeLow(), on);
          } else if (source instanceof Source.Software pulsed) {
            return softwarePwm().pulsing(line(pulsed.gpio(), false, false), pulsed.hertz());
          } else if (source instanceof Source.Hardware pulsed) {
            return hardware(pulsed);
          }
          Output channel = expander().channel(((Source.Channel) source).channel());
          channel.set(0);
          return channel;
        },
        Output::close);
  }

  /** Opens an input. */
  GpioDigitalInputDeviceInterface input(
      String path, int gpio, Pull pull, GpioEventTrigger trigger) {
    GpioPullUpDown bias =
        switch (pull) {
          case NONE -> GpioPullUpDown.NONE;
          case UP -> GpioPullUpDown.PULL_UP;
          case DOWN -> GpioPullUpDown.PULL_DOWN;
        };
    return opened(
        path,
        GPIO_HINT,
        () -> factory.provisionDigitalInputDevice(pin(gpio), bias, trigger),
        GpioDigitalInputDeviceInterface::close);
  }

  /**
   * To be called ten times a second.
   *
   * @throws IllegalStateException if a pin has failed that nobody was waiting for
   */
  void check() {
    if (softwarePwm != null) {
      softwarePwm.check();
    }
  }

  /** Lets go of all pins, each with the level that it has. */
  @Override
  public void close() {
    Attempts attempts = new Attempts();
    closing.forEach(attempts::attempt);
    closing.clear();
    attempts.end();
  }

  private static String hint(Source source) {
    if (source instanceof Source.Hardware) {
      return "";
    }
    return source instanceof Source.Channel ? BUS_HINT : GPIO_HINT;
  }

  private <T> T opened(String path, String hint, Supplier<T> open, Consumer<T> close) {
    try {
      T device = open.get();
      closing.addFirst(() -> close.accept(device));
      return device;
    } catch (RuntimeException | LinkageError e) {
      throw new IllegalStateException(
          path + " cannot be opened: " + e.getMessage() + "." + hint, e);
    }
  }

  private Output line(int gpio, boolean activeLow, boolean on) {
    GpioDigitalOutputDeviceInterface device =
        factory.provisionDigitalOutputDevice(pin(gpio), on != activeLow);
    return new Output() {
      @Override
      public void set(double duty) {
        device.setValue(duty >= 0.5 != activeLow);
      }

      @Override
      public void close() {
        device.close();
      }
    };
  }

  private Output hardware(Source.Hardware pulsed) {
    PwmUnit unit = PwmUnit.open(pwm, settings.pwmUnit());
    if (pulsed.gpio() < 0) {
      refuseByMemory();
    }
    int channel = unit.channel(pulsed);
    unit.quieten(channel);
    // Not out of diozero's table of the board: on a Raspberry Pi that has PWM only where an older
    // system keeps its configuration.
    PinInfo pin =
        new PinInfo(
            "PWM",
            PinInfo.DEFAULT_HEADER,
            pulsed.gpio() < 0 ? channel : pulsed.gpio(),
            PinInfo.NOT_DEFINED,
            settings.pwmUnit(),
            channel,
            "PWM channel " + channel,
            PinInfo.PWM_OUTPUT,
            PinInfo.NOT_DEFINED,
            PinInfo.NOT_DEFINED,
            PinInfo.NOT_DEFINED,
            PinInfo.NOT_DEFINED);
    InternalPwmOutputDeviceInterface device =
        factory.provisionPwmOutputDevice(pin, pulsed.hertz(), 0);
    if (device instanceof SoftwarePwmOutputDevice) {
      device.close();
      throw new IllegalStateException(
          unit.folder() + " cannot be used; may this user write there?");
    }
    return new Output() {
      @Override
      public void set(double duty) {
        device.setValue((float) duty);
      }

      @Override
      public void close() {
        device.close();
      }
    };
  }

  private PinInfo pin(int number) {
    OptionalInt chip = settings.chip();
    if (chip.isEmpty()) {
      return factory
          .getBoardInfo()
          .getByGpioNumber(number)
          .filter(pin -> factory.getBoardInfo().isRecognised())
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "diozero does not know this board's GPIO numbers; give chip in the settings,"
                          + " and the lines of that chip"));
    }
    int line = number;
    return factory
        .getBoardInfo()
        .getByChipAndLineOffset(chip.getAsInt(), line)
        .orElseGet(() -> unnamed(chip.getAsInt(), line));
  }

  /** A line that diozero's table of the board does not have. */
  private PinInfo unnamed(int chip, int line) {
    refuseByMemory();
    return new PinInfo(
        "GPIO",
        PinInfo.DEFAULT_HEADER,
        line,
        PinInfo.NOT_DEFINED,
        "line " + line,
        PinInfo.DIGITAL_IN_OUT,
        line,
        chip,
        line);
  }

  /** Where diozero writes into the processor's registers, it goes by GPIO numbers alone. */
  private void refuseByMemory() {
    boolean byMemory =
        Files.isWritable(DEVICES.resolve("gpiomem")) || Files.isWritable(DEVICES.resolve("mem"));
    if (byMemory && factory.getBoardInfo().createMmapGpio() != null) {
      throw new IllegalStateException(
          "diozero knows the GPIOs of this board, and can use no others here; leave chip away");
    }
  }

  private SoftwarePwm softwarePwm() {
    if (softwarePwm == null) {
      softwarePwm = new SoftwarePwm();
      closing.addLast(softwarePwm::close);
    }
    return softwarePwm;
  }

  /** Tried once, not for each channel: a bus that is stuck may take a second to say so. */
  private Pca9685 expander() {
    if (noExpander != null) {
      throw noExpander;
    }
    if (expander == null) {
      try {
        expander = new Pca9685(factory, settings.expander().orElseThrow());
      } catch (RuntimeException e) {
        noExpander = e;
        throw e;
      }
      closing.addLast(expander::close);
    }
    return expander;
  }

  /** In place of a pin that could not be opened, until the start has failed of it. */
  private static final class Missing implements Output {
    @Override
    public void set(double duty) {}

    @Override
    public void close() {}
  }
}
