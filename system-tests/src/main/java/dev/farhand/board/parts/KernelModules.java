package dev.farhand.board.parts;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The modules of a kernel that stand in a folder. A module says itself which others it needs, in
 * its section {@code .modinfo} (kernel's {@code include/linux/module.h}).
 */
final class KernelModules {
  private static final Pattern NEEDS = Pattern.compile("\0depends=([^\0]*)\0");
  private static final Pattern NAME = Pattern.compile("(.+)\\.ko(\\.xz)?");

  private final Map<String, Path> files = new HashMap<>();

  KernelModules(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      all.forEach(
          file -> {
            Matcher name = NAME.matcher(file.getFileName().toString());
            if (name.matches()) {
              files.put(underscored(name.group(1)), file);
            }
          });
    }
  }

  /**
   * Modules with all that they need, each after what it needs. One that does not exist is built
   * into the kernel.
   */
  Map<String, byte[]> closure(Iterable<String> names) throws IOException {
    Map<String, byte[]> ordered = new LinkedHashMap<>();
    for (String name : names) {
      add(underscored(name), ordered);
    }
    return ordered;
  }

  private void add(String name, Map<String, byte[]> ordered) throws IOException {
    Path file = files.get(name);
    if (file == null || ordered.containsKey(name)) {
      return;
    }
    byte[] module = read(file);
    Matcher needs = NEEDS.matcher(new String(module, ISO_8859_1));
    if (needs.find() && !needs.group(1).isEmpty()) {
      for (String needed : needs.group(1).split(",", -1)) {
        add(underscored(needed), ordered);
      }
    }
    ordered.put(name, module);
  }

  private static byte[] read(Path file) throws IOException {
    if (file.toString().endsWith(".xz")) {
      Command.run("xz", "--decompress", file.toString());
      return Files.readAllBytes(Path.of(file.toString().replaceFirst("\\.xz$", "")));
    }
    return Files.readAllBytes(file);
  }

  private static String underscored(String name) {
    return name.replace('-', '_');
  }
}
