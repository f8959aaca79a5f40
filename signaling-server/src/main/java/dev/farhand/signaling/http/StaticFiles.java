package dev.farhand.signaling.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The page and the library, read once from the class path. Because what is not in this map is not
 * served, no path can climb out of it. Immutable.
 */
public final class StaticFiles {
  private static final String ROOT = "web/";
  private static final String HOME = "index.html";

  private final Map<String, StaticFile> files;

  private StaticFiles(Map<String, StaticFile> files) {
    this.files = Map.copyOf(files);
  }

  /** Reads everything beside {@code web/index.html} and below. Blocks. */
  public static StaticFiles fromClassPath() {
    return from(StaticFiles.class.getClassLoader());
  }

  static StaticFiles from(ClassLoader loader) {
    Map<String, StaticFile> files = new HashMap<>();
    try {
      for (URL home : Collections.list(loader.getResources(ROOT + HOME))) {
        read(home, files);
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("The page's files cannot be read from the class path", e);
    }
    return new StaticFiles(files);
  }

  /** The file with that name, such as {@code lib/farhand.js}. */
  Optional<StaticFile> find(String name) {
    return Optional.ofNullable(files.get(name));
  }

  private static void read(URL home, Map<String, StaticFile> into)
      throws IOException, URISyntaxException {
    if (home.openConnection() instanceof JarURLConnection jar) {
      Path archive = Path.of(jar.getJarFileURL().toURI());
      try (FileSystem system = FileSystems.newFileSystem(archive)) {
        walk(system.getPath(ROOT), into);
      }
    } else {
      walk(Path.of(new URI(home.toString())).resolveSibling(""), into);
    }
  }

  private static void walk(Path root, Map<String, StaticFile> into) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      paths
          .filter(Files::isRegularFile)
          .forEach(path -> into.putIfAbsent(root.relativize(path).toString(), load(path)));
    }
  }

  private static StaticFile load(Path path) {
    try {
      return StaticFile.of(path.toString(), Files.readAllBytes(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
