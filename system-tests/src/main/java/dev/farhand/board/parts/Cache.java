package dev.farhand.board.parts;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Where the parts are kept: a folder each recipe, whole or not there at all, with the sums of its
 * files. One thread; several processes may share it.
 */
public final class Cache {
  private static final String SUMS = "sums";

  /** A folder that is being made is called so, and then the process that makes it. */
  private static final String UNFINISHED = "unfinished-";

  private final Path place;

  public Cache(Path place) {
    this.place = place.toAbsolutePath().normalize();
  }

  /** Where the XDG base directory specification has it. */
  public static Cache ofUser() {
    Path caches =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .map(Path::of)
            .filter(Path::isAbsolute)
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
    return new Cache(caches.resolve("farhand/board"));
  }

  /** Forgets what it has, so that it is made anew. */
  public void clear() {
    if (Files.exists(place)) {
      Command.run("rm", "-r", place.toString());
    }
  }

  /** The parts' folder, made if it is not there or damaged. */
  Path folder(Consumer<Path> maker) {
    Path folder =
        place.resolve(sum(Parts.recipe().getBytes(StandardCharsets.UTF_8)).substring(0, 16));
    try {
      if (!isWhole(folder)) {
        Files.createDirectories(place);
        removeUnfinished();
        Path made = place.resolve(UNFINISHED + ProcessHandle.current().pid());
        Files.createDirectory(made);
        try {
          maker.accept(made);
          Files.writeString(made.resolve(SUMS), sums(made));
        } catch (RuntimeException e) {
          Command.run("rm", "-r", made.toString());
          throw e;
        }
        if (isWhole(folder)) {
          // Another process was quicker.
          Command.run("rm", "-r", made.toString());
        } else {
          Command.run("rm", "-rf", folder.toString());
          Files.move(made, folder, StandardCopyOption.ATOMIC_MOVE);
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void removeUnfinished() throws IOException {
    List<Path> entries;
    try (Stream<Path> all = Files.list(place)) {
      entries = all.toList();
    }
    for (Path entry : entries) {
      String name = entry.getFileName().toString();
      if (name.matches(UNFINISHED + "\\d+")
          && ProcessHandle.of(Long.parseLong(name.substring(UNFINISHED.length()))).isEmpty()) {
        Command.run("rm", "-r", entry.toString());
      }
    }
  }

  private static boolean isWhole(Path folder) throws IOException {
    Path sums = folder.resolve(SUMS);
    return Files.exists(sums) && Files.readString(sums).equals(sums(folder));
  }

  private static String sums(Path folder) throws IOException {
    TreeMap<String, String> sums = new TreeMap<>();
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> !file.endsWith(SUMS)).toList();
    }
    for (Path file : files) {
      sums.put(file.getFileName().toString(), sum(file));
    }
    return sums.toString();
  }

  private static String sum(Path file) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream stream = new DigestInputStream(Files.newInputStream(file), digest)) {
      stream.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String sum(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
