package dev.farhand.board.parts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What every board begins with.
 *
 * @param kernel Debian's for 64-bit ARM
 * @param initramfs finds the disks
 * @param disk Debian's libraries and Java, nothing of Farhand's
 */
public record Parts(Path kernel, Path initramfs, Path disk) {
  private static final String ARCHITECTURE = "arm64";
  private static final String KERNEL = "linux-image-arm64";

  /** The libraries are those that docs/install.md asks for. */
  private static final List<String> PACKAGES =
      List.of(
          "default-jre-headless",
          "libpulse0",
          "libudev1",
          "libx11-6",
          "libxfixes3",
          "libxrandr2",
          "libxcomposite1",
          "libdbus-1-3",
          "libstdc++6",
          "dash",
          "coreutils",
          "busybox-static");

  /** crc32c_generic: ext4 asks for it by the name of the sum alone. */
  private static final List<String> MODULES =
      List.of(
          "virtio_mmio", "virtio_blk", "crc32c_generic", "ext4", "virtio_net", "virtio_console");

  /** Places where others are put over, since the disk is never written. */
  private static final List<String> MOUNTED =
      List.of("dev", "proc", "sys", "tmp", "run", "root", "opt", "var/lib", "etc/farhand");

  /** Nobody reads these there. */
  private static final List<String> UNREAD =
      List.of("usr/share/doc", "usr/share/man", "usr/share/locale", "usr/share/fonts");

  /** Why this machine cannot have them; empty if it can. */
  public static Optional<String> lacking() {
    return Command.missing("apt-get", "dpkg-deb", "mke2fs")
        .map(program -> "the program " + program + " is missing");
  }

  /**
   * Takes them from the cache, or else makes them: about 140 MB are downloaded.
   *
   * @param progress is told what takes its time
   * @throws PartsException if they cannot be had
   */
  public static Parts have(Cache cache, Consumer<String> progress) {
    Path folder = cache.folder(made -> make(made, progress));
    return new Parts(folder.resolve("kernel"), folder.resolve("initramfs"), folder.resolve("disk"));
  }

  /** What decides what the parts are like, as text: another recipe, other parts. */
  static String recipe() {
    return String.join("\n", "1", KERNEL, PACKAGES + "", MODULES + "", MOUNTED + "", beginning());
  }

  private static void make(Path folder, Consumer<String> progress) {
    try {
      Path work = Files.createDirectory(folder.resolve("work"));
      progress.accept("Getting the board's parts from Debian …");
      ForeignApt apt = new ForeignApt(ARCHITECTURE, work, progress);
      apt.update();
      apt.download(Stream.concat(PACKAGES.stream(), Stream.of(KERNEL)).toList());
      progress.accept("Unpacking them …");
      Path root = Files.createDirectory(work.resolve("root"));
      Path kernel = Files.createDirectory(work.resolve("kernel"));
      apt.archives().parallelStream()
          .forEach(
              archive ->
                  Command.run("dpkg-deb", "-x", archive + "", place(archive, root, kernel) + ""));
      progress.accept("Making its disk …");
      tidy(root);
      initramfs(root, kernel, folder.resolve("initramfs"));
      Files.move(only(kernel.resolve("boot"), "vmlinuz-"), folder.resolve("kernel"));
      Disk.make(root, folder.resolve("disk"));
      Command.run("rm", "-r", work.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path place(Path archive, Path root, Path kernel) {
    return archive.getFileName().toString().startsWith("linux-image-") ? kernel : root;
  }

  /** What packages leave to their scripts, and what is of no use. */
  private static void tidy(Path root) throws IOException {
    for (String unread : UNREAD) {
      Command.run("rm", "-rf", root.resolve(unread).toString());
    }
    for (String merged : List.of("bin", "sbin", "lib")) {
      if (!Files.exists(root.resolve(merged))) {
        Files.createSymbolicLink(root.resolve(merged), Path.of("usr", merged));
      }
    }
    for (String mounted : MOUNTED) {
      Files.createDirectories(root.resolve(mounted));
    }
    Path shell = root.resolve("bin/sh");
    if (!Files.exists(shell)) {
      Files.createSymbolicLink(shell, Path.of("dash"));
    }
  }

  private static void initramfs(Path root, Path kernel, Path file) throws IOException {
    Initramfs initramfs = new Initramfs();
    Stream.of("bin", "dev", "modules", "root", "sys").forEach(initramfs::folder);
    initramfs.console();
    initramfs.program("bin/busybox", Files.readAllBytes(root.resolve("bin/busybox")));
    initramfs.program("init", beginning().getBytes(UTF_8));
    Path modules = kernel.resolve(Files.exists(kernel.resolve("lib")) ? "lib" : "usr/lib");
    int number = 10;
    for (var module : new KernelModules(modules.resolve("modules")).closure(MODULES).entrySet()) {
      initramfs.program("modules/" + number++ + "-" + module.getKey(), module.getValue());
    }
    Files.write(file, initramfs.end());
  }

  private static Path only(Path folder, String prefix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .findFirst()
          .orElseThrow(() -> new PartsException("Debian's kernel package holds no " + prefix));
    }
  }

  private static String beginning() {
    try (InputStream stream =
        Parts.class.getResourceAsStream("/dev/farhand/board/initramfs-init")) {
      return new String(Objects.requireNonNull(stream).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
