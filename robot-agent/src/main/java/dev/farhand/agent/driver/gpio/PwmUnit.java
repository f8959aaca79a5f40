package dev.farhand.agent.driver.gpio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One PWM unit of the board, as the kernel shows it (Documentation/ABI/testing/sysfs-class-pwm).
 * Any thread.
 *
 * @param folder such as {@code /sys/class/pwm/pwmchip0}
 */
record PwmUnit(Path folder) {
  /** The first GPIO that has channels of its own on a Raspberry Pi 5, whose unit has four. */
  private static final int SECOND_PAIR = 18;

  /**
   * Finds it.
   *
   * @param all such as {@code /sys/class/pwm}
   * @throws IllegalStateException if it is not there
   */
  static PwmUnit open(Path all, int number) {
    Path folder = all.resolve("pwmchip" + number);
    if (!Files.isDirectory(folder)) {
      throw new IllegalStateException(
          "there is no "
              + folder
              + " (there: "
              + others(all)
              + "); pwm-unit in the settings names another, and on a Raspberry Pi the line"
              + " dtoverlay=pwm-2chan in /boot/firmware/config.txt makes one");
    }
    return new PwmUnit(folder);
  }

  private static String others(Path all) {
    try (Stream<Path> files = Files.list(all)) {
      List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
      return names.isEmpty() ? "none" : String.join(", ", names);
    } catch (IOException e) {
      return "none";
    }
  }

  /** The channel of a Raspberry Pi's GPIO: 18 and 19 have those of 12 and 13, but on the Pi 5. */
  int channel(Source.Hardware pulsed) {
    boolean ownPair = pulsed.gpio() >= SECOND_PAIR && channels() >= 4;
    return ownPair ? pulsed.channel() + 2 : pulsed.channel();
  }

  private int channels() {
    try {
      return Integer.parseInt(Files.readString(folder.resolve("npwm")).strip());
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  /**
   * Switches a channel off that another process may have left on when it died. diozero 1.4.1 could
   * not open it: it takes the period for 0 and computes a share of that.
   */
  void quieten(int channel) {
    Path duty = folder.resolve("pwm" + channel).resolve("duty_cycle");
    if (Files.exists(duty)) {
      try {
        Files.writeString(duty, "0");
      } catch (IOException e) {
        throw new IllegalStateException(duty + " cannot be written", e);
      }
    }
  }
}
