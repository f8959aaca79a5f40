package dev.farhand.agent.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The machine's files, looked at only. Any thread.
 *
 * @param root {@code /}
 * @param readable whether this process may read a file
 * @param writable whether it may write one
 * @param group the name of the group that a file belongs to; its number if it has none here
 * @param user who this process is; {@code ?} if that user has no name here
 */
public record Machine(
    Path root,
    Predicate<Path> readable,
    Predicate<Path> writable,
    Function<Path, String> group,
    String user) {
  private static final String NOBODY = "root";

  private static final String UNNAMED = "?";

  /** The one that this is. */
  public static Machine here() {
    return new Machine(
        Path.of("/"),
        Files::isReadable,
        Files::isWritable,
        Machine::groupOf,
        System.getProperty("user.name", UNNAMED));
  }

  /** A file by its absolute path. */
  public Path path(String absolute) {
    return root.resolve(absolute.substring(1));
  }

  /** The files in a folder whose names match, in order; none if there is no such folder. */
  List<Path> files(String folder, String names) {
    try (Stream<Path> files = Files.list(path(folder))) {
      return files
          .filter(file -> file.getFileName().toString().matches(names))
          .sorted(Machine::byNumber)
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static int byNumber(Path one, Path other) {
    String first = one.getFileName().toString();
    String second = other.getFileName().toString();
    return first.length() == second.length()
        ? first.compareTo(second)
        : Integer.compare(first.length(), second.length());
  }

  /** The text of a small file, without the line's end; empty if it cannot be read. */
  String text(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** As it is called on this machine. */
  String name(Path file) {
    return "/" + root.relativize(file);
  }

  /**
   * Looks at a device that must be there and be usable.
   *
   * @param mend what to do if it is not there
   */
  public Finding device(String absolute, String mend) {
    return look(absolute, mend, this::permission);
  }

  /** The same for a file that the kernel lets nobody read. */
  public Finding writeOnly(String absolute, String mend) {
    return look(absolute, mend, this::permissionToWrite);
  }

  private Finding look(String absolute, String mend, Function<Path, Optional<String>> permission) {
    Path device = path(absolute);
    if (!Files.exists(device)) {
      return Finding.problem(absolute + " is not here", mend);
    }
    return permission
        .apply(device)
        .map(command -> Finding.problem(absolute + " may not be used by " + user, command))
        .orElse(Finding.ok(absolute + " is here and may be used"));
  }

  /** What lets this process use the device; empty if it may. */
  public Optional<String> permission(Path device) {
    return readable.test(device)
        ? permissionToWrite(device)
        : Optional.of(mend(group.apply(device)));
  }

  /** What lets this process write the file; empty if it may. */
  Optional<String> permissionToWrite(Path file) {
    return writable.test(file) ? Optional.empty() : Optional.of(mend(group.apply(file)));
  }

  private String mend(String owners) {
    if (owners.equals(NOBODY) || owners.equals("0")) {
      return "It is root's alone: a udev rule gives it to a group (docs/install.md)";
    }
    if (user.equals(UNNAMED)) {
      return "This process's user has no name here: run it as one who is in the group " + owners;
    }
    if (owners.matches("[0-9]+")) {
      return "sudo groupadd -g %s hardware, then sudo usermod -aG hardware %s, then log in anew"
          .formatted(owners, user);
    }
    if (members(owners).contains(user)) {
      return user + " is in the group " + owners + " by now: log in anew, or restart the service";
    }
    return "sudo usermod -aG " + owners + " " + user + ", then log in anew, or restart the service";
  }

  private static String groupOf(Path device) {
    try {
      return Files.readAttributes(device, PosixFileAttributes.class).group().getName();
    } catch (IOException | UnsupportedOperationException e) {
      return NOBODY;
    }
  }

  /** By group(5). */
  private List<String> members(String name) {
    return text(path("/etc/group"))
        .lines()
        .map(line -> List.of(line.split(":", -1)))
        .filter(fields -> fields.size() == 4 && fields.get(0).equals(name))
        .flatMap(fields -> Arrays.stream(fields.get(3).split(",", -1)))
        .toList();
  }
}
