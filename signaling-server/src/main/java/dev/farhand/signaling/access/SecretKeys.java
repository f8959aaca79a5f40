package dev.farhand.signaling.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The secrets that sign tokens: one line a key, its ID and its bytes in base64, the newest last.
 * The newest signs, all of them verify, so a line appended is a rotation and a line removed ends
 * all that it signed.
 *
 * @param keys at least one
 */
public record SecretKeys(List<SecretKey> keys) {
  private static final int BYTES = 32;
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  public SecretKeys {
    keys = List.copyOf(keys);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("no key");
    }
  }

  /**
   * One key.
   *
   * @param id stands in the tokens that it signed (RFC 7515, section 4.1.4)
   * @param base64 at least 32 bytes (RFC 7518, section 3.2)
   */
  public record SecretKey(String id, String base64) {
    /** Leaves the secret out. */
    @Override
    public String toString() {
      return "SecretKey[" + id + "]";
    }

    byte[] bytes() {
      return Base64.getDecoder().decode(base64);
    }
  }

  /** A new key that is kept nowhere. */
  public static SecretKeys random() {
    byte[] id = new byte[6];
    byte[] secret = new byte[BYTES];
    SecureRandom random = new SecureRandom();
    random.nextBytes(id);
    random.nextBytes(secret);
    return new SecretKeys(
        List.of(
            new SecretKey(
                Base64.getUrlEncoder().encodeToString(id),
                Base64.getEncoder().encodeToString(secret))));
  }

  /**
   * Reads the file, or makes it with mode 0600 if there is none. Blocks.
   *
   * @throws UnusableFile with a sentence that says what to do
   */
  public static Loaded readOrMake(Path file) {
    try {
      try {
        return new Loaded(read(file), false);
      } catch (NoSuchFileException e) {
        make(file);
        return new Loaded(read(file), true);
      }
    } catch (IOException e) {
      throw new UnusableFile(
          "The secret that signs tokens cannot be read from or written to "
              + file
              + " ("
              + UnusableFile.why(e)
              + "). Name a directory that this user may write with --data, or a file with"
              + " --secret-file.");
    }
  }

  /**
   * What {@link #readOrMake} found.
   *
   * @param made whether there was none before
   */
  public record Loaded(SecretKeys keys, boolean made) {}

  SecretKey newest() {
    return keys.get(keys.size() - 1);
  }

  private static SecretKeys read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    Set<PosixFilePermission> open = Files.getPosixFilePermissions(file);
    open.retainAll(OTHERS);
    if (!open.isEmpty()) {
      throw new UnusableFile(
          "The secret " + file + " can be read or written by others. Run: chmod 600 " + file);
    }
    List<SecretKey> keys = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (String line : lines) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] parts = line.strip().split("\\s+", 3);
      if (parts.length != 2 || !ids.add(parts[0]) || !isKey(parts[1])) {
        throw unreadable(file);
      }
      keys.add(new SecretKey(parts[0], parts[1]));
    }
    if (keys.isEmpty()) {
      throw unreadable(file);
    }
    return new SecretKeys(keys);
  }

  private static boolean isKey(String base64) {
    try {
      return Base64.getDecoder().decode(base64).length >= BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static UnusableFile unreadable(Path file) {
    return new UnusableFile(
        "The secret "
            + file
            + " is not made of lines such as \"key2 <base64 of 32 bytes or more>\", each with an ID"
            + " of its own. Mend it, or move it away to have a new one made, which ends all tokens.");
  }

  /** Whole and with its mode from the first moment on, and never over a file that is there. */
  private static void make(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException("not a file");
    }
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    // Temporary files have mode 0600.
    Path draft = Files.createTempFile(directory, ".secret", null);
    try {
      SecretKey key = random().newest();
      Files.writeString(
          draft,
          "# Farhand's secret: whoever has it can make tokens. The newest key comes last.\n"
              + key.id()
              + " "
              + key.base64()
              + "\n");
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      // Another process was quicker: its secret counts.
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
