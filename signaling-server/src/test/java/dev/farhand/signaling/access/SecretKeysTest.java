package dev.farhand.signaling.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretKeysTest {
  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  private final Path directory;

  SecretKeysTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private Path file(String text, String mode) throws IOException {
    Path file = Files.writeString(directory.resolve("secret"), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  @Test
  void first_start_makes_a_secret_for_its_owner_only() throws IOException {
    Path file = directory.resolve("new/place/secret");
    SecretKeys.Loaded made = SecretKeys.readOrMake(file);
    assertThat(made.made()).isTrue();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(SecretKeys.readOrMake(file)).isEqualTo(new SecretKeys.Loaded(made.keys(), false));
    try (Stream<Path> left = Files.list(directory.resolve("new/place"))) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void starts_at_the_same_time_agree_on_one_secret() {
    Path file = directory.resolve("secret");
    List<SecretKeys> found =
        IntStream.range(0, 16)
            .parallel()
            .mapToObj(i -> SecretKeys.readOrMake(file).keys())
            .distinct()
            .toList();
    assertThat(found).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
  void secret_that_others_can_read_or_write_is_refused(String mode) throws IOException {
    Path file = file("k1 " + KEY + "\n", mode);
    assertThatThrownBy(() -> SecretKeys.readOrMake(file))
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("chmod 600 " + file);
  }

  @Test
  void last_key_is_the_newest() throws IOException {
    Path file = file("# comment\n\nk1 " + KEY + "\n  k2\t" + KEY + "\n", "rw-------");
    SecretKeys keys = SecretKeys.readOrMake(file).keys();
    assertThat(keys.keys()).hasSize(2);
    assertThat(keys.newest().id()).isEqualTo("k2");
    assertThat(keys.toString()).doesNotContain(KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "k1\n", "k1 !!!\n", "k1 c2hvcnQ=\n", "k1 KEY k2\n", "k KEY\nk KEY\n"})
  void unreadable_secret_is_refused_and_left_alone(String text) throws IOException {
    String content = text.replace("KEY", KEY);
    Path file = file(content, "rw-------");
    assertThatThrownBy(() -> SecretKeys.readOrMake(file))
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("Mend it");
    assertThat(file).hasContent(content);
  }

  @Test
  void place_that_cannot_be_written_is_named() throws IOException {
    Path file = file("k1 " + KEY, "rw-------").resolve("secret");
    assertThatThrownBy(() -> SecretKeys.readOrMake(file))
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("--secret-file");
  }
}
