package dev.farhand.signaling.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were withdrawn, by {@code jti}, from a file with one a line. Any thread may ask; one
 * thread at a time may {@link #reread}.
 */
public final class DenyList {
  private final @Nullable Path file;
  private volatile Set<String> tokenIds = Set.of();

  /**
   * Reads the file. Blocks.
   *
   * @param file none withdraws nothing
   * @throws UnusableFile if it cannot be read
   */
  public DenyList(@Nullable Path file) {
    this.file = file;
    try {
      reread();
    } catch (IOException e) {
      throw new UnusableFile(
          "The deny list "
              + file
              + " cannot be read ("
              + UnusableFile.why(e)
              + "). Give --deny-file a text file with one token ID (jti) a line.");
    }
  }

  /**
   * Takes up what the file says now. What it said before stays if it cannot be read. Blocks.
   *
   * @return how many tokens are withdrawn
   */
  public int reread() throws IOException {
    if (file != null) {
      try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
        tokenIds =
            lines
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .collect(Collectors.toUnmodifiableSet());
      } catch (UncheckedIOException e) {
        throw new IOException("not a text in UTF-8", e);
      }
    }
    return tokenIds.size();
  }

  boolean contains(@Nullable String tokenId) {
    return tokenId != null && tokenIds.contains(tokenId);
  }
}
