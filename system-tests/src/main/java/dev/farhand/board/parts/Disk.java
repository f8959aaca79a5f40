package dev.farhand.board.parts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Disks with what a folder holds, made without mounting them. Any thread. */
public final class Disk {
  private static final long BLOCK = 4096;

  /** For an inode and what else a file takes beside its content. */
  private static final long PER_FILE = 1024;

  private static final long SPARE = 16 << 20;

  private Disk() {}

  /** Makes one, as large as need be. */
  public static void make(Path folder, Path image) {
    try {
      Files.deleteIfExists(image);
      Command.run(
          "mke2fs",
          "-q",
          "-t",
          "ext4",
          "-O",
          "^has_journal",
          "-b",
          String.valueOf(BLOCK),
          "-m",
          "0",
          "-d",
          folder.toString(),
          image.toString(),
          (size(folder) >> 10) + "k");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      long bytes =
          all.mapToLong(
                  file ->
                      PER_FILE
                          + (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                              ? (file.toFile().length() + BLOCK - 1) / BLOCK * BLOCK
                              : BLOCK))
              .sum();
      return bytes + bytes / 16 + SPARE;
    }
  }
}
