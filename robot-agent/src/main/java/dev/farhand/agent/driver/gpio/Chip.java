package dev.farhand.agent.driver.gpio;

import com.diozero.internal.provider.builtin.gpio.GpioChip;
import com.diozero.internal.provider.builtin.gpio.GpioLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A chip of GPIO lines, as the kernel describes it (gpio_chip_info and gpio_line_info in
 * linux/gpio.h); looking changes nothing. Immutable.
 *
 * @param label of its driver, such as {@code pinctrl-bcm2711}
 * @param lines how many it has
 * @param users who has a line, by the line's number; the kernel's own name for them
 */
public record Chip(String label, int lines, TreeMap<Integer, String> users) {
  private static final int SHOWN = 8;

  /** What diozero calls itself. */
  private static final String OURS = "diozero";

  /** Empty if it is not there, or may not be looked at. */
  public static Optional<Chip> look(int number) {
    System.setProperty("tinylog.level@com.diozero", "error");
    try (GpioChip chip = GpioChip.openChip(number)) {
      if (chip == null) {
        return Optional.empty();
      }
      TreeMap<Integer, String> users = new TreeMap<>();
      for (GpioLine line : chip.getLines()) {
        if (line.isReserved()) {
          users.put(line.getOffset(), String.valueOf(line.getConsumer()));
        }
      }
      return Optional.of(new Chip(chip.getLabel(), chip.getNumLines(), users));
    } catch (RuntimeException | LinkageError e) {
      return Optional.empty();
    }
  }

  /** For a list: its label, its lines, those that are taken. */
  public static String about(int number) {
    return look(number).map(Chip::about).orElse("");
  }

  private String about() {
    List<String> taken = new ArrayList<>();
    users.forEach((line, user) -> taken.add(line + " (" + user + ")"));
    String some = taken.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return label
        + ", "
        + lines
        + " lines"
        + (taken.isEmpty() ? "" : ", in use: " + some)
        + (taken.size() > SHOWN ? " and " + (taken.size() - SHOWN) + " more" : "");
  }

  /** What is wrong with using this line; empty if nothing is. */
  Optional<String> hindrance(int line) {
    if (line >= lines) {
      return Optional.of("is not there: this chip has the lines 0 to " + (lines - 1));
    }
    String user = users.get(line);
    return user == null || user.contains(OURS)
        ? Optional.empty()
        : Optional.of("is in use by " + user);
  }
}
