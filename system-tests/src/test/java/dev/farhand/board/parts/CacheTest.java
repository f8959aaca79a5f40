package dev.farhand.board.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheTest {
  private Path place;
  private Cache cache;
  private int made;

  @BeforeEach
  void open(@TempDir Path folder) {
    place = folder.resolve("board");
    cache = new Cache(place);
  }

  private void make(Path folder) {
    made++;
    write(folder.resolve("disk"), "disk " + made);
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void what_is_there_is_not_made_again() {
    Path folder = cache.folder(this::make);
    assertThat(new Cache(place).folder(this::make)).isEqualTo(folder);
    assertThat(made).isEqualTo(1);
    assertThat(folder.resolve("disk")).hasContent("disk 1");
  }

  @Test
  void what_was_damaged_is_made_again() {
    Path folder = cache.folder(this::make);
    write(folder.resolve("disk"), "disk X");
    assertThat(cache.folder(this::make).resolve("disk")).hasContent("disk 2");
  }

  @Test
  void what_could_not_be_finished_is_not_there_and_is_tidied_up() throws IOException {
    Files.createDirectories(place.resolve("unfinished-" + Long.MAX_VALUE));
    assertThatThrownBy(
            () ->
                cache.folder(
                    folder -> {
                      make(folder);
                      throw new PartsException("no network");
                    }))
        .isInstanceOf(PartsException.class);
    assertThat(cache.folder(this::make).resolve("disk")).hasContent("disk 2");
    try (Stream<Path> all = Files.list(place)) {
      assertThat(all).hasSize(1);
    }
  }

  @Test
  void what_was_cleared_is_made_again() {
    Path unused = cache.folder(this::make);
    cache.clear();
    assertThat(cache.folder(this::make).resolve("disk")).hasContent("disk 2");
  }
}
