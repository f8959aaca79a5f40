package dev.farhand.signaling.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaticFilesTest {
  private final Path directory;

  StaticFilesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void files_are_found_in_a_directory() throws IOException {
    Files.createDirectories(directory.resolve("web/lib"));
    Files.writeString(directory.resolve("secret.txt"), "not the page's");
    Files.writeString(directory.resolve("web/index.html"), "home");
    Files.writeString(directory.resolve("web/lib/farhand.js"), "export {};");
    isServed(directory);
  }

  @Test
  void files_are_found_in_a_jar() throws IOException {
    Path jar = directory.resolve("a page.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      add(entries, "secret.txt", "not the page's");
      add(entries, "web/index.html", "home");
      add(entries, "web/lib/farhand.js", "export {};");
    }
    isServed(jar);
  }

  private static void isServed(Path classPath) throws IOException {
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classPath.toUri().toURL()}, null)) {
      StaticFiles files = StaticFiles.from(loader);
      assertThat(files.find("index.html")).isPresent();
      assertThat(files.find("lib/farhand.js"))
          .hasValueSatisfying(
              file -> {
                assertThat(file.type()).isEqualTo("text/javascript; charset=utf-8");
                assertThat(file.plain().toString()).isEqualTo("export {};");
              });
      assertThat(files.find("../secret.txt")).isEmpty();
      assertThat(files.find("secret.txt")).isEmpty();
    }
  }

  private static void add(JarOutputStream jar, String name, String text) throws IOException {
    jar.putNextEntry(new ZipEntry(name));
    jar.write(text.getBytes(StandardCharsets.UTF_8));
    jar.closeEntry();
  }
}
