package dev.farhand.agent.driver.gpio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.farhand.agent.machine.Finding;
import dev.farhand.agent.machine.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What doctor says of a robot with pins. */
class LookTest {
  private static final String ROVER =
      """
      drive:
        kind: differential
        left: {in1: 17, in2: 27, speed: 5}
        right: {in1: 22, in2: 23, speed: 6}
      """;

  @TempDir private Path root = Path.of("unset");

  @Test
  void pins_of_a_board_without_a_chip_are_a_problem() throws Exception {
    assertThat(look(ROVER, Map.of()))
        .singleElement()
        .satisfies(finding -> assertThat(finding.ok()).isFalse())
        .satisfies(finding -> assertThat(finding.what()).contains("/dev/gpiochip0 is not here"))
        .satisfies(finding -> assertThat(finding.mend()).contains("farhand-agent devices"));
  }

  @Test
  void the_header_of_a_raspberry_pi_is_the_chip_of_that_label() throws Exception {
    device("/dev/gpiochip0");
    device("/dev/gpiochip4");
    Map<Integer, Chip> chips = Map.of(0, chip("gpio-brcmstb", 32), 4, chip("pinctrl-rp1", 54));
    assertThat(look(ROVER, chips))
        .singleElement()
        .satisfies(finding -> assertThat(finding.ok()).isTrue())
        .satisfies(finding -> assertThat(finding.what()).contains("/dev/gpiochip4"));
  }

  @Test
  void lines_that_are_not_there_or_not_free_are_named() throws Exception {
    device("/dev/gpiochip2");
    Chip chip = chip("pl061", 24);
    chip.users().put(22, "sysfs");
    chip.users().put(17, "diozero");
    List<Finding> problems =
        look("chip: 2\n" + ROVER, Map.of(2, chip)).stream().filter(f -> !f.ok()).toList();
    assertThat(problems)
        .extracting(Finding::what)
        .containsExactlyInAnyOrder(
            "Line 27 of /dev/gpiochip2 is not there: this chip has the lines 0 to 23",
            "Line 22 of /dev/gpiochip2 is in use by sysfs");
  }

  @Test
  void buses_and_units_are_looked_at_only_where_the_settings_use_them() throws Exception {
    String pulsed =
        """
        drive: {kind: single, motor: {esc: 0}, steering: {pin: 1}, pwm: pca9685}
        servos: {pan: {pin: 12, pwm: hardware}}
        pca9685: {bus: 3}
        pwm-unit: 1
        """;
    assertThat(look(pulsed, Map.of()))
        .extracting(Finding::what)
        .containsExactly("/dev/i2c-3 is not here", "/sys/class/pwm/pwmchip1/export is not here");
    device("/dev/i2c-3");
    device("/sys/class/pwm/pwmchip1/export");
    // The kernel lets nobody read export, which is no problem.
    assertThat(look(pulsed, Map.of())).hasSize(2).allMatch(Finding::ok);
  }

  private static Chip chip(String label, int lines) {
    return new Chip(label, lines, new TreeMap<>());
  }

  private List<Finding> look(String yaml, Map<Integer, Chip> chips) throws Exception {
    GpioSettings settings = GpioSettings.read(new YAMLMapper().readTree(yaml));
    Machine machine =
        new Machine(root, path -> !path.endsWith("export"), path -> true, path -> "dialout", "ann");
    return new Look(settings, machine, chip -> Optional.ofNullable(chips.get(chip))).findings();
  }

  private void device(String absolute) throws Exception {
    Path file = root.resolve(absolute.substring(1));
    Files.createDirectories(file.getParent());
    Files.createFile(file);
  }
}
