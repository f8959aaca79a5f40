package dev.farhand.netlab.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What came of a run.
 *
 * @param tool that has run, as {@code ./farhand} calls it
 */
public record Report(String tool, List<Section> sections) {
  public boolean good() {
    return sections.stream().allMatch(Section::good);
  }

  /** Writes {@code results.md} and {@code results.html}. */
  public void write(Path folder) {
    try {
      Files.writeString(
          folder.resolve("results.md"),
          sections.stream()
              .map(section -> "## " + section.title() + "\n\n" + section.markdown())
              .collect(Collectors.joining("\n")));
      Files.writeString(folder.resolve("results.html"), Html.page(sections));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts each section's tables between its marks in a page of the docs. */
  public void writeInto(Path page) {
    try {
      String text = Files.readString(page);
      for (Section section : sections) {
        text = replaced(text, tool + " " + section.name(), section);
      }
      Files.writeString(page, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String replaced(String page, String place, Section section) {
    String begin = "<!-- " + place + " -->\n";
    String end = "<!-- end -->";
    int from = page.indexOf(begin);
    int to = page.indexOf(end, from);
    if (from < 0 || to < 0) {
      throw new IllegalStateException("The page has no place for " + place + ".");
    }
    return page.substring(0, from + begin.length())
        + "\n"
        + section.markdown()
        + "\n"
        + page.substring(to);
  }
}
