package dev.farhand.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/safety.md} names the tests of each rule: they are there, and bear its number. */
class SafetyRulesTest {
  private static final Path ROOT = Path.of("..");
  private static final List<String> FOLDERS =
      List.of(
          "robot-agent/src/test/java/dev/farhand/agent",
          "browser-client/test",
          "system-tests/src/test/java/dev/farhand/system");
  private static final Pattern FILE = Pattern.compile("`([\\w./-]+)`");

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void a_rule_has_its_section_and_the_tests_that_the_table_names(int rule) throws IOException {
    List<String> lines = Files.readAllLines(ROOT.resolve("docs/safety.md"));
    assertThat(lines).filteredOn(line -> line.startsWith("### " + rule + ". ")).hasSize(1);
    List<String> rows =
        lines.stream().filter(line -> line.startsWith("| [" + rule + "](#")).toList();
    assertThat(rows).hasSize(1);
    String[] columns = rows.get(0).substring(1).split("\\|", -1);
    int tests = 0;
    for (int i = 0; i < FOLDERS.size(); i++) {
      for (String file : FILE.matcher(columns[i + 1]).results().map(hit -> hit.group(1)).toList()) {
        Path path = ROOT.resolve(FOLDERS.get(i)).resolve(file);
        assertThat(path).content().contains("rule_" + rule + "_");
        tests++;
      }
    }
    assertThat(tests).isPositive();
  }
}
