package dev.farhand.board.machine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.farhand.board.onboard.Onboard;
import dev.farhand.board.parts.Disk;
import dev.farhand.netlab.program.Folders;
import dev.farhand.netlab.program.SignalingServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The board's second disk, mounted on {@code /opt}: the agent as its archive has it, its settings,
 * the witness, and what starts them. One thread.
 */
final class RobotDisk {
  private static final String RESOURCES = "/dev/farhand/board/";

  private RobotDisk() {}

  static Path make(Folders folders, SignalingServer server, String robot) {
    try {
      Path root = Files.createTempDirectory(folders.work(), "disk");
      Files.createDirectories(root.resolve("etc"));
      unpack(folders.agentArchive("aarch64"), root);
      Files.writeString(root.resolve("etc/robot.yaml"), settings(server, robot));
      program("init", root);
      program("service", root);
      for (Class<?> type : Onboard.CLASSES) {
        String file = type.getName().replace('.', '/') + ".class";
        Path place = root.resolve("witness").resolve(file);
        Files.createDirectories(place.getParent());
        Files.write(place, resource("/" + file));
      }
      Path image = folders.work("robot.disk");
      Disk.make(root, image);
      remove(root);
      return image;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }

  private static String settings(SignalingServer server, String robot) throws IOException {
    return new String(resource(RESOURCES + "robot.yaml"), UTF_8)
        .replace("SERVER", server.address().replace("http", "ws"))
        .replace("ROBOT", robot)
        .replace("TOKEN", server.robotToken());
  }

  private static void unpack(Path archive, Path root) throws IOException {
    try {
      int status =
          new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", root.toString())
              .inheritIO()
              .start()
              .waitFor();
      if (status != 0) {
        throw new IllegalStateException(archive + " cannot be unpacked");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void program(String name, Path root) throws IOException {
    Path file = Files.write(root.resolve(name), resource(RESOURCES + name));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream stream = RobotDisk.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(stream, name).readAllBytes();
    }
  }
}
