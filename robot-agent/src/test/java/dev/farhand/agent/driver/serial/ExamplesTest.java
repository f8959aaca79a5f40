package dev.farhand.agent.driver.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.farhand.agent.config.ConfigFile;
import dev.farhand.agent.config.Overrides;
import dev.farhand.agent.config.SettingsReader;
import dev.farhand.agent.driver.BadSettings;
import dev.farhand.agent.driver.DriverSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The robots in {@code deploy/examples} and what {@code docs/drivers.md} says of the settings. */
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("../deploy/examples");
  private static final Path DOCS = Path.of("../docs/drivers.md");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "arduino-rover | LINES  | M 64 191\\n",
        "json-rover    | JSON   | {\"T\":1,\"L\":0.125,\"R\":0.375}\\n",
        "struct-rover  | STRUCT | a5a4065f0501",
        "gps           | NMEA   | ``",
      })
  void an_example_is_read_and_drives(String name, Format format, String written) {
    SerialSettings settings =
        SerialSettings.read(serial(EXAMPLES.resolve(name).resolve("robot.yaml")).get(0).settings());
    assertThat(settings.format()).isEqualTo(format);
    assertThat(settings.drive().isPresent()).isEqualTo(settings.safe().isPresent());
    byte[] bytes = settings.drive().map(drive -> drive.bytes(0.5, 0.25)).orElse(new byte[0]);
    assertThat(
            format == Format.STRUCT
                ? HexFormat.of().formatHex(bytes)
                : new String(bytes, StandardCharsets.UTF_8).replace("\n", "\\n"))
        .isEqualTo(written);
  }

  @Test
  void every_example_with_this_driver_is_tried() throws IOException {
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      assertThat(
              files
                  .filter(file -> file.endsWith("robot.yaml"))
                  .flatMap(file -> serial(file).stream()))
          .hasSize(4);
    }
  }

  @Test
  void the_example_in_the_documentation_can_be_used() throws IOException {
    String docs = Files.readString(DOCS);
    int begin = docs.indexOf("```yaml\n", docs.indexOf("## Serial ports: serial")) + 8;
    JsonNode example = new YAMLMapper().readTree(docs.substring(begin, docs.indexOf("```", begin)));
    new SerialDriver().check(example.path("driver").path("settings"));
  }

  @Test
  void the_documentation_has_every_key_for_its_formats_and_no_other() throws IOException {
    for (String format : List.of("lines", "json", "bytes", "struct", "nmea")) {
      assertThat(told(format)).as(format).isEqualTo(known(format));
    }
  }

  /** The unknown key makes the reader tell the known ones. */
  private static Set<String> known(String format) {
    BadSettings bad =
        catchThrowableOfType(
            BadSettings.class, () -> SerialSettingsTest.read("x: 1, format: " + format));
    String list = bad.reason().substring(bad.reason().indexOf("Known here: ") + 12);
    return new TreeSet<>(List.of(list.split(", ")));
  }

  private static Set<String> told(String format) throws IOException {
    List<String> lines = Files.readAllLines(DOCS);
    Set<String> keys = new TreeSet<>();
    for (String row : lines.subList(lines.indexOf("### The settings of serial"), lines.size())) {
      String[] cells = row.split("\\|", -1);
      if (row.startsWith("### Serial: motion")) {
        break;
      }
      if (row.startsWith("| `") && stands(cells[2].strip(), format)) {
        CODE.matcher(cells[1]).results().forEach(code -> keys.add(code.group(1)));
      }
    }
    return keys;
  }

  private static boolean stands(String in, String format) {
    return switch (in) {
      case "all" -> true;
      case "all but nmea" -> !format.equals("nmea");
      default -> List.of(in.split(", ")).contains(format);
    };
  }

  private static List<DriverSpec> serial(Path file) {
    Overrides token = new Overrides(null, null, "a token", null, null, null, null);
    return SettingsReader.read(ConfigFile.read(file), token).drivers().specs().stream()
        .filter(spec -> spec.command().contains("serial"))
        .toList();
  }
}
