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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The chapters quote the programs, letter for letter. */
class QuotationsTest {
  private static final Path PROGRAMS = Path.of("src/main/java/dev/farhand/tutorial");

  private static final int FLAGS = Pattern.DOTALL | Pattern.MULTILINE;

  /** A comment that names the file, if there is one, and the block after it. */
  private static final Pattern BLOCK =
      Pattern.compile("(?:<!-- from (\\S+) -->\\n)?^```(?:java|html)\\n(.*?)^```$", FLAGS);

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

  static Stream<Path> chapters() throws IOException {
    List<Path> own;
    try (Stream<Path> files = Files.list(Path.of("."))) {
      own = files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
    return Stream.concat(own.stream(), Stream.of(Path.of("../from-rtcbot.md")));
  }

  @ParameterizedTest
  @MethodSource("chapters")
  void what_a_chapter_quotes_stands_in_the_file_that_it_names(Path chapter) throws IOException {
    for (MatchResult block : matches(BLOCK, Files.readString(chapter))) {
      String quoted = block.group(2);
      String file = block.group(1);
      assertThat(file).as("the file above this in %s:\n%s", chapter, quoted).isNotNull();
      assertThat(Files.readString(PROGRAMS.resolve(file))).as(file).contains("\n" + quoted);
    }
  }

  @Test
  void every_program_and_every_page_is_quoted() throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path chapter : chapters().toList()) {
      text.append(Files.readString(chapter));
    }
    try (Stream<Path> files = Files.list(PROGRAMS)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> !name.equals("package-info.java"))
          .isNotEmpty()
          .allSatisfy(name -> assertThat(text).contains("<!-- from " + name + " -->"));
    }
  }

  @ParameterizedTest
  @MethodSource("chapters")
  void every_link_leads_to_a_file(Path chapter) throws IOException {
    for (MatchResult link : matches(LINK, Files.readString(chapter))) {
      assertThat(chapter.resolveSibling(link.group(1))).exists();
    }
  }

  private static List<MatchResult> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().toList();
  }
}
