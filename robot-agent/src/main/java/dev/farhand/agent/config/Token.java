package dev.farhand.agent.config;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where a token comes from. Any thread. */
public final class Token {
  private static final System.Logger LOG = System.getLogger(Token.class.getName());

  private Token() {}

  /**
   * The token itself, or a file that holds it and is read anew each time, so that a renewed one
   * counts from the next registration or join on.
   *
   * @throws ConfigException if the file cannot be read
   */
  public static Supplier<Optional<String>> of(@Nullable String token, @Nullable String file) {
    if (token != null && !token.isBlank()) {
      String text = token.strip();
      return () -> Optional.of(text);
    }
    if (file == null) {
      return Optional::empty;
    }
    Path path = Path.of(file);
    if (!Files.isReadable(path)) {
      throw new ConfigException(
          "The token file " + path + " cannot be read. Does it exist, and may this user read it?");
    }
    return () -> read(path);
  }

  private static Optional<String> read(Path path) {
    try {
      return Optional.of(Files.readString(path).strip()).filter(token -> !token.isEmpty());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "The token file {0} cannot be read: {1}", path, e.getMessage());
      return Optional.empty();
    }
  }
}
