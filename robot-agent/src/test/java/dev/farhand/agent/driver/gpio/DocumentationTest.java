package dev.farhand.agent.driver.gpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.driver.BadSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code docs/drivers.md} has every key of the settings, and no other. */
class DocumentationTest {
  private static final Path DOCS = Path.of("../docs/drivers.md");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** The unknown key makes the reader tell the known ones. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "### The settings of gpio | {x: 1} | ''",
        "### gpio: drive          | {drive: {kind: differential, x: 1}} | {drive: {kind: single, x: 1}}",
        "### gpio: a motor        | {drive: {kind: single, motor: {x: 1}}} | ''",
        "### gpio: enable         | {enable: {x: 1}} | ''",
        "### gpio: pca9685        | {pca9685: {x: 1}} | ''",
        "### gpio: outputs        | {outputs: {a: {x: 1}}} | ''",
        "### gpio: servos         | {servos: {a: {x: 1}}} | ''",
        "### gpio: inputs         | {inputs: {a: {x: 1}}} | ''",
        "### gpio: encoders       | {encoders: {a: {x: 1}}} | ''",
        "### gpio: rangers        | {rangers: {a: {x: 1}}} | ''",
      })
  void a_table_has_the_keys_that_may_stand_there(String heading, String one, String other)
      throws Exception {
    Set<String> known = known(one);
    if (!other.isEmpty()) {
      known.addAll(known(other));
    }
    assertThat(tableUnder(heading)).isEqualTo(known);
  }

  @Test
  void the_row_of_steering_has_its_keys() throws Exception {
    String row =
        Files.readAllLines(DOCS).stream()
            .filter(line -> line.startsWith("| `steering` |"))
            .findFirst()
            .orElseThrow();
    Set<String> told = code(row.substring(row.indexOf(": ", row.indexOf("single"))));
    assertThat(told)
        .isEqualTo(known("{drive: {kind: single, motor: {in1: 5, in2: 6}, steering: {x: 1}}}"));
  }

  @Test
  void the_example_can_be_used() throws Exception {
    String docs = Files.readString(DOCS);
    int section = docs.indexOf("## Motors and pins: gpio");
    int begin = docs.indexOf("```yaml\n", section) + 8;
    JsonNode example = Bed.settings(docs.substring(begin, docs.indexOf("```", begin)));
    new GpioDriver().check(example.path("driver").path("settings"));
  }

  private static Set<String> known(String yaml) {
    JsonNode settings = Bed.settings(yaml);
    BadSettings bad =
        catchThrowableOfType(BadSettings.class, () -> new GpioDriver().check(settings));
    String reason = String.valueOf(bad.getMessage());
    String list = reason.substring(reason.indexOf("Known here: ") + "Known here: ".length());
    return new TreeSet<>(List.of(list.split(", ")));
  }

  private static Set<String> tableUnder(String heading) throws IOException {
    List<String> lines = Files.readAllLines(DOCS);
    int at = lines.indexOf(heading);
    assertThat(at).as(heading).isNotNegative();
    while (!lines.get(at).startsWith("|---")) {
      at++;
    }
    Set<String> keys = new TreeSet<>();
    for (String line : lines.subList(at + 1, lines.size())) {
      if (!line.startsWith("|")) {
        break;
      }
      keys.addAll(code(line.substring(0, line.indexOf('|', 1))));
    }
    return keys;
  }

  private static Set<String> code(String text) {
    Set<String> all = new TreeSet<>();
    Matcher matcher = CODE.matcher(text);
    while (matcher.find()) {
      all.add(matcher.group(1));
    }
    return all;
  }
}
