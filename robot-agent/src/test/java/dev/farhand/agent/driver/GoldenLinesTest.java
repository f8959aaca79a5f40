package dev.farhand.agent.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.farhand.protocol.InvalidMessage;
import dev.farhand.protocol.JsonCodec;
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

/** The golden files are what drivers in other languages are written from. */
class GoldenLinesTest {
  private static final Path GOLDEN = Path.of("golden", "driver");
  private final ObjectMapper plain = new ObjectMapper();

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(GOLDEN)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void a_golden_line_survives_reading_and_writing(Path file) throws IOException {
    String text = Files.readString(file);
    String again =
        file.startsWith(GOLDEN.resolve("to"))
            ? rewritten(ToDriver.class, text)
            : rewritten(FromDriver.class, text);
    assertThat(plain.readTree(again)).isEqualTo(plain.readTree(text));
    assertThat(again).as("one line").doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(classes = {ToDriver.class, FromDriver.class})
  void every_line_has_a_golden_file(Class<?> family) throws IOException {
    JsonSubTypes types = family.getAnnotation(JsonSubTypes.class);
    assertThat(types).isNotNull();
    assertThat(Arrays.stream(types.value()).map(JsonSubTypes.Type::value))
        .containsExactlyInAnyOrder(
            Arrays.stream(family.getPermittedSubclasses()).toArray(Class<?>[]::new));
    try (Stream<Path> files =
        Files.list(GOLDEN.resolve(family == ToDriver.class ? "to" : "from"))) {
      Set<String> shown =
          files
              .map(file -> file.getFileName().toString().replaceFirst("\\..*", ""))
              .collect(Collectors.toSet());
      assertThat(shown)
          .containsExactlyInAnyOrderElementsOf(
              Arrays.stream(types.value()).map(JsonSubTypes.Type::name).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"motion\",\"seq\":1,\"linear\":1.5,\"angular\":0,\"until\":1}",
        "{\"type\":\"motion\",\"seq\":1,\"linear\":0,\"angular\":0}",
        "{\"type\":\"configure\",\"robot\":\"a\",\"settings\":[],\"motionTimeoutMillis\":300}",
        "{\"type\":\"configure\",\"robot\":\"a\",\"settings\":{},\"motionTimeoutMillis\":0}",
        "{\"type\":\"reboot\"}",
        "",
      })
  void a_bad_line_to_a_driver_is_refused(String text) {
    JsonCodec<ToDriver> codec = new JsonCodec<>(ToDriver.class);
    assertThatThrownBy(() -> codec.decode(text)).isInstanceOf(InvalidMessage.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"telemetry\",\"values\":[]}",
        "{\"type\":\"telemetry\"}",
        "{\"type\":\"ack\"}",
        "{\"type\":\"ack\",\"seq\":null}",
        "{\"type\":\"ready\"}",
        "{\"type\":\"message\",\"session\":\"s\"}",
        "{\"type\":\"log\",\"level\":\"info\"}",
        "Hello world",
        "",
      })
  void a_bad_line_from_a_driver_is_refused(String text) {
    JsonCodec<FromDriver> codec = new JsonCodec<>(FromDriver.class);
    assertThatThrownBy(() -> codec.decode(text)).isInstanceOf(InvalidMessage.class);
  }

  private static <T> String rewritten(Class<T> family, String text) {
    JsonCodec<T> codec = new JsonCodec<>(family);
    return codec.encode(codec.decode(text));
  }
}
