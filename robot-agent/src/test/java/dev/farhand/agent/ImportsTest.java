package dev.farhand.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which package may use what. */
class ImportsTest {
  private static final Path SOURCES = Path.of("src/main/java");

  @Test
  void only_the_webrtc_package_knows_the_native_library() throws IOException {
    assertThat(filesThatMention("dev.onvoid."))
        .isNotEmpty()
        .allMatch(file -> file.startsWith(SOURCES.resolve("dev/farhand/agent/webrtc")));
  }

  @Test
  void only_the_driver_serial_knows_jserialcomm() throws IOException {
    assertThat(filesThatMention("com.fazecast."))
        .isNotEmpty()
        .allMatch(file -> file.startsWith(SOURCES.resolve("dev/farhand/agent/driver/serial")));
  }

  @Test
  void only_the_gpio_driver_knows_diozero() throws IOException {
    assertThat(filesThatMention("com.diozero."))
        .isNotEmpty()
        .allMatch(file -> file.startsWith(SOURCES.resolve("dev/farhand/agent/driver/gpio")));
  }

  @Test
  void nothing_here_uses_vertx() throws IOException {
    assertThat(filesThatMention("io.vertx.")).isEmpty();
  }

  private static List<Path> filesThatMention(String text) throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> read(file).contains(text))
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
