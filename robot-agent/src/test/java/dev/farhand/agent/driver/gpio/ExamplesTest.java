package dev.farhand.agent.driver.gpio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.agent.config.AgentSettings;
import dev.farhand.agent.config.ConfigFile;
import dev.farhand.agent.config.Overrides;
import dev.farhand.agent.config.SettingsReader;
import dev.farhand.agent.driver.DriverSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The robots in {@code deploy/examples} can be driven as they stand there. */
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("../deploy/examples");

  @ParameterizedTest
  @ValueSource(strings = {"l298n-rover", "tb6612fng-rover", "pca9685-rover", "esc-car"})
  void an_example_is_read_checked_and_driven(String name) {
    DriverSpec spec = spec(EXAMPLES.resolve(name).resolve("robot.yaml"));
    assertThat(spec.name()).isEqualTo("gpio");
    new GpioDriver().check(spec.settings());
    try (Bed bed = new Bed()) {
      bed.driver.start(spec.settings(), bed);
      bed.driver.stop();
      String still = motors(bed);
      bed.driver.move(0.5, 0.5);
      assertThat(motors(bed)).isNotEqualTo(still);
      bed.driver.stop();
      assertThat(motors(bed)).isEqualTo(still);
      assertThat(bed.board.level(25)).isIn(Double.NaN, name.startsWith("pca") ? 1.0 : 0.0);
    }
  }

  /** {@code docs/drivers.md} promises as much: some hundreds. */
  @ParameterizedTest
  @ValueSource(strings = {"l298n-rover", "tb6612fng-rover", "pca9685-rover", "esc-car"})
  void an_example_has_no_more_edges_to_count_than_a_program_can(String name) {
    DriverSpec spec = spec(EXAMPLES.resolve(name).resolve("robot.yaml"));
    double metresPerSecond = 0.5;
    assertThat(GpioSettings.read(spec.settings()).encoders().values())
        .allSatisfy(
            encoder ->
                assertThat(metresPerSecond / encoder.metres().orElseThrow()).isLessThan(500));
  }

  @Test
  void every_example_with_this_driver_is_tried() throws Exception {
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      List<Path> examples =
          files
              .filter(file -> file.endsWith("robot.yaml"))
              .filter(file -> spec(file).command().contains("gpio"))
              .toList();
      assertThat(examples).hasSize(4);
    }
  }

  private static String motors(Bed bed) {
    return bed.telemetry().path("motors").toString();
  }

  private static DriverSpec spec(Path file) {
    Overrides token = new Overrides(null, null, "a token", null, null, null, null);
    AgentSettings settings = SettingsReader.read(ConfigFile.read(file), token);
    return settings.drivers().specs().get(0);
  }
}
