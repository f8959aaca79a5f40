package dev.farhand.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/from-rtcbot.md names no test that isn't there. */
class FromRtcBotTest {
  private static final Path ROOT = Path.of("../..");
  private static final Pattern REFERENCE =
      Pattern.compile("`(\\w+Test|[\\w-]+\\.test\\.ts)#(\\w+)`");

  @Test
  void every_test_that_the_table_names_exists() throws IOException {
    List<MatchResult> references =
        REFERENCE.matcher(Files.readString(ROOT.resolve("docs/from-rtcbot.md"))).results().toList();
    assertThat(references).hasSizeGreaterThan(20);
    for (MatchResult reference : references) {
      String file = reference.group(1);
      String test = reference.group(2);
      if (file.endsWith("Test")) {
        assertThat(annotations(Files.readString(source(file + ".java")), test))
            .as(reference.group())
            .containsPattern("@(Parameterized)?Test\\b")
            .doesNotContain("@Disabled");
      } else {
        assertThat(Files.readString(source(file)))
            .as(reference.group())
            .containsPattern("test\\(\\s*\"" + test + "\"");
      }
    }
  }

  /** What stands before a method of this name; empty without one. */
  private static String annotations(String code, String method) {
    return Pattern.compile("((?:@\\w+(?:\\([^)]*\\))?\\s+)+)void " + method + "\\(")
        .matcher(code)
        .results()
        .map(found -> found.group(1))
        .findFirst()
        .orElse("");
  }

  @Test
  void every_row_of_the_table_names_a_test() throws IOException {
    String text = Files.readString(ROOT.resolve("docs/from-rtcbot.md"));
    String table = text.substring(text.indexOf("| RTCBot's tutorial says |"));
    assertThat(table.lines().takeWhile(line -> line.startsWith("|")).skip(2))
        .isNotEmpty()
        .allMatch(row -> REFERENCE.matcher(row).find());
  }

  private static Path source(String name) throws IOException {
    List<Path> folders =
        List.of(
            ROOT.resolve("browser-client/test"),
            ROOT.resolve("docs/tutorial/src/test"),
            ROOT.resolve("robot-agent/src/test"),
            ROOT.resolve("signaling-server/src/test"),
            ROOT.resolve("system-tests/src/test"));
    for (Path folder : folders) {
      try (Stream<Path> files = Files.walk(folder)) {
        List<Path> found =
            files.filter(file -> file.getFileName().toString().equals(name)).toList();
        if (!found.isEmpty()) {
          return found.get(0);
        }
      }
    }
    throw new AssertionError("There is no " + name);
  }
}
