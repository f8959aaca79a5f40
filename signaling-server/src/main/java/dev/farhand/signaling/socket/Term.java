package dev.farhand.signaling.socket;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Told which token a connection lives by, and how long. */
@FunctionalInterface
interface Term {
  /**
   * From now on the connection lives as long as this token.
   *
   * @param tokenId absent without a token
   * @param expires absent if it never does
   */
  void holdTo(@Nullable String tokenId, @Nullable Instant expires);
}
