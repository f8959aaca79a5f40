package dev.farhand.signaling.ice;

import dev.farhand.signaling.access.UnusableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The secret that is shared with a TURN server: one line, as it stands in coturn's settings. */
public final class TurnSecretFile {
  /** A secret that can be guessed makes anybody a guest of the TURN server. */
  private static final int LEAST = 16;

  private TurnSecretFile() {}

  /**
   * Reads the file. Blocks.
   *
   * @throws UnusableFile with a sentence that says what is wrong
   */
  public static String read(Path file) {
    String secret;
    try {
      secret = Files.readString(file).strip();
    } catch (IOException e) {
      throw unusable(file, "cannot be read (" + UnusableFile.why(e) + ")");
    }
    if (secret.length() < LEAST || !secret.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw unusable(
          file,
          "must hold one line of at least "
              + LEAST
              + " letters and digits, the same as coturn's static-auth-secret."
              + " `openssl rand -hex 32` makes one");
    }
    return secret;
  }

  private static UnusableFile unusable(Path file, String what) {
    return new UnusableFile("The TURN secret file " + file + " " + what + ".");
  }
}
