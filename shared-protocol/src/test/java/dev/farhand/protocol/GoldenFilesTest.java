package dev.farhand.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The golden files are what both languages agree on. */
class GoldenFilesTest {
  private static final Path GOLDEN = Path.of("golden");
  private final ObjectMapper plain = new ObjectMapper();

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(GOLDEN)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void a_golden_file_survives_reading_and_writing(Path file) throws IOException {
    String text = Files.readString(file);
    Class<?> family =
        file.startsWith(GOLDEN.resolve("signal")) ? SignalMessage.class : ChannelMessage.class;
    assertThat(plain.readTree(rewritten(family, text))).isEqualTo(plain.readTree(text));
  }

  @ParameterizedTest
  @ValueSource(classes = {SignalMessage.class, ChannelMessage.class})
  void every_message_has_a_golden_file(Class<?> family) throws IOException {
    JsonSubTypes types = family.getAnnotation(JsonSubTypes.class);
    assertThat(types).isNotNull();
    assertThat(Arrays.stream(types.value()).map(JsonSubTypes.Type::value))
        .as("each record of the family is listed as a subtype")
        .containsExactlyInAnyOrder(messages(family));
    String folder = family == SignalMessage.class ? "signal" : "channel";
    try (Stream<Path> files = Files.list(GOLDEN.resolve(folder))) {
      Set<String> shown =
          files
              .map(file -> file.getFileName().toString().replaceFirst("\\..*", ""))
              .collect(Collectors.toSet());
      assertThat(shown)
          .containsExactlyInAnyOrderElementsOf(
              Arrays.stream(types.value()).map(JsonSubTypes.Type::name).toList());
    }
  }

  private static Class<?>[] messages(Class<?> family) {
    return Arrays.stream(family.getPermittedSubclasses()).toArray(Class<?>[]::new);
  }

  private static <T> String rewritten(Class<T> family, String text) {
    JsonCodec<T> codec = new JsonCodec<>(family);
    return codec.encode(codec.decode(text));
  }
}
