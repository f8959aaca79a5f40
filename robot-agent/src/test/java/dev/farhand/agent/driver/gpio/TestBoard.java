package dev.farhand.agent.driver.gpio;

import com.diozero.api.DigitalInputEvent;
import com.diozero.api.GpioEventTrigger;
import com.diozero.api.GpioPullUpDown;
import com.diozero.api.I2CConstants.AddressSize;
import com.diozero.api.PinInfo;
import com.diozero.api.RuntimeIOException;
import com.diozero.internal.SoftwarePwmOutputDevice;
import com.diozero.internal.provider.mock.MockDeviceFactory;
import com.diozero.internal.provider.mock.MockDigitalInputDevice;
import com.diozero.internal.provider.mock.devices.MockPca9685;
import com.diozero.internal.spi.AbstractDevice;
import com.diozero.internal.spi.GpioDigitalInputDeviceInterface;
import com.diozero.internal.spi.GpioDigitalOutputDeviceInterface;
import com.diozero.internal.spi.InternalI2CDeviceInterface;
import com.diozero.internal.spi.InternalPwmOutputDeviceInterface;
import com.diozero.sbc.BoardInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * diozero's mock provider with pins that remember. Each write is a line: {@code 17=1} for a GPIO,
 * {@code 12~0.50} for a PWM unit, {@code i2c 06 00 00 00 10} for a transfer to the PCA9685; {@code
 * 17 closed} when a pin is let go. In a child process the lines go to the file that {@link #FILE}
 * names.
 */
public final class TestBoard extends MockDeviceFactory {
  /** An environment variable. */
  public static final String FILE = "GPIO_TEST_FILE";

  final List<String> writes = new CopyOnWriteArrayList<>();
  final Map<Integer, Double> levels = new ConcurrentHashMap<>();
  final Map<Integer, MockDigitalInputDevice> inputs = new ConcurrentHashMap<>();
  final Map<Integer, GpioPullUpDown> pulls = new ConcurrentHashMap<>();
  final Set<Integer> broken = ConcurrentHashMap.newKeySet();
  final int[] registers = new int[256];
  final Map<Integer, Integer> channels = new ConcurrentHashMap<>();
  boolean busBroken;

  /** How often the bus was broken when something was to be written. */
  int busTries;

  /** Opening a PWM unit fails, whereupon diozero takes its software. */
  boolean pwmBroken;

  /** Run as a channel of the PWM unit is about to be opened. */
  Runnable unitOpens = () -> {};

  private final @Nullable String file = System.getenv(FILE);

  /** For the service loader. */
  public TestBoard() {
    // What a chip holds that another process has left running at full power.
    for (int channel = 0; channel < 16; channel++) {
      registers[6 + 4 * channel + 3] = 0x0f;
    }
  }

  @Override
  protected BoardInfo lookupBoardInfo() {
    BoardInfo board =
        new BoardInfo("Test", "board", 0, "test", "1") {
          @Override
          public void populateBoardPinInfo() {}

          @Override
          public boolean isRecognised() {
            return true;
          }
        };
    for (int gpio = 0; gpio <= 27; gpio++) {
      board.addGpioPinInfo(gpio, gpio, PinInfo.DIGITAL_IN_OUT);
    }
    return board;
  }

  @Override
  public GpioDigitalOutputDeviceInterface createDigitalOutputDevice(
      String key, PinInfo pin, boolean initial) {
    write(pin.getDeviceNumber(), initial ? 1 : 0, "=" + (initial ? 1 : 0));
    return new Line(key, this, pin.getDeviceNumber());
  }

  @Override
  public InternalPwmOutputDeviceInterface createPwmOutputDevice(
      String key, PinInfo pin, int frequency, float initial) {
    unitOpens.run();
    channels.put(pin.getDeviceNumber(), pin.getPwmNum());
    if (pwmBroken) {
      return new SoftwarePwmOutputDevice(
          key, this, createDigitalOutputDevice("PWM-" + key, pin, false), frequency, initial);
    }
    Unit unit = new Unit(key, this, pin.getDeviceNumber(), frequency);
    unit.setValue(initial);
    return unit;
  }

  @Override
  public GpioDigitalInputDeviceInterface createDigitalInputDevice(
      String key, PinInfo pin, GpioPullUpDown pull, GpioEventTrigger trigger) {
    MockDigitalInputDevice input =
        new MockDigitalInputDevice(key, this, pin.getDeviceNumber(), pull, trigger);
    inputs.put(pin.getDeviceNumber(), input);
    pulls.put(pin.getDeviceNumber(), pull);
    return input;
  }

  @Override
  public InternalI2CDeviceInterface createI2CDevice(
      String key, int bus, int address, AddressSize size) {
    return new Expander(key);
  }

  /** What is outside of an input changes. */
  void becomes(int gpio, boolean level, long nanos) {
    MockDigitalInputDevice input = inputs.get(gpio);
    if (input == null) {
      throw new IllegalStateException("GPIO " + gpio + " is no input");
    }
    input.accept(new DigitalInputEvent(gpio, 0, nanos, level));
  }

  /** The PCA9685's outputs, as shares of the time. */
  double channel(int number) {
    int at = 6 + 4 * number;
    int on = registers[at] | registers[at + 1] << 8;
    int off = registers[at + 2] | registers[at + 3] << 8;
    if ((off & 0x1000) != 0) {
      return 0;
    }
    return (on & 0x1000) != 0 ? 1 : ((off & 0xfff) - (on & 0xfff)) / 4096.0;
  }

  /** A pin's share of the time. */
  double level(int gpio) {
    return levels.getOrDefault(gpio, Double.NaN);
  }

  /** Which pins are not low, as in {@code 12~0.50 17=1}. */
  String high() {
    return String.join(
        " ",
        levels.entrySet().stream()
            .filter(level -> level.getValue() > 0)
            .sorted(Comparator.comparing(Map.Entry::getKey))
            .map(level -> level.getKey() + "=" + plain(level.getValue()))
            .toList());
  }

  static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : String.format("%.2f", value);
  }

  private void write(int gpio, double level, String text) {
    if (broken.contains(gpio)) {
      throw new RuntimeIOException("GPIO " + gpio + " is broken");
    }
    levels.put(gpio, level);
    record(gpio + text);
  }

  private void record(String line) {
    writes.add(line);
    if (file != null) {
      try {
        Files.write(
            Path.of(file), List.of(line), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class Line extends AbstractDevice
      implements GpioDigitalOutputDeviceInterface {
    private final TestBoard board;
    private final int gpio;

    Line(String key, TestBoard board, int gpio) {
      super(key, board);
      this.board = board;
      this.gpio = gpio;
    }

    @Override
    public void setValue(boolean value) {
      board.write(gpio, value ? 1 : 0, "=" + (value ? 1 : 0));
    }

    @Override
    public boolean getValue() {
      return board.levels.getOrDefault(gpio, 0.0) > 0;
    }

    @Override
    public int getGpio() {
      return gpio;
    }

    @Override
    protected void closeDevice() {
      board.record(gpio + " closed");
    }
  }

  private static final class Unit extends AbstractDevice
      implements InternalPwmOutputDeviceInterface {
    private final TestBoard board;
    private final int gpio;
    private int frequency;

    Unit(String key, TestBoard board, int gpio, int frequency) {
      super(key, board);
      this.board = board;
      this.gpio = gpio;
      this.frequency = frequency;
    }

    @Override
    public void setValue(float value) {
      board.write(gpio, value, "~" + plain(value));
    }

    @Override
    public float getValue() {
      return board.levels.getOrDefault(gpio, 0.0).floatValue();
    }

    @Override
    public int getGpio() {
      return gpio;
    }

    @Override
    public int getPwmNum() {
      return gpio % 2;
    }

    @Override
    public int getPwmFrequency() {
      return frequency;
    }

    @Override
    public void setPwmFrequency(int hertz) {
      frequency = hertz;
    }

    @Override
    protected void closeDevice() {
      board.record(gpio + " closed");
    }
  }

  private final class Expander extends MockPca9685 {
    private boolean open = true;

    Expander(String key) {
      super(key);
    }

    @Override
    public void writeByteData(int register, byte data) {
      transfer(register, data);
    }

    @Override
    public void writeI2CBlockData(int register, byte... data) {
      transfer(register, data);
    }

    private void transfer(int register, byte... data) {
      if (busBroken || !open) {
        busTries++;
        throw new RuntimeIOException("the bus is broken");
      }
      StringBuilder line = new StringBuilder("i2c ").append(hex(register));
      for (int i = 0; i < data.length; i++) {
        registers[register + i] = data[i] & 0xff;
        line.append(' ').append(hex(data[i] & 0xff));
      }
      if (register >= 0xfa && register <= 0xfd) {
        for (int channel = 0; channel < 16; channel++) {
          registers[6 + 4 * channel + register - 0xfa] = data[0] & 0xff;
        }
      }
      record(line.toString());
    }

    private static String hex(int value) {
      return String.format("%02x", value);
    }

    @Override
    public void close() {
      open = false;
    }
  }
}
