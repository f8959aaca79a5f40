package dev.farhand.signaling.socket;

import dev.farhand.protocol.SignalMessage.Operator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Names for those who join, and for their sessions. Any thread. */
public final class Operators {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int ID_BYTES = 12;

  private Operators() {}

  /**
   * The operator behind a browser. Its ID is a digest, because whoever knew the browser's own
   * number could pass for that browser.
   *
   * @param name of the token, empty without one
   * @param client the browser's number; without one, every join is another operator
   */
  public static Operator of(String name, @Nullable String client) {
    String id = client == null ? random("o-") : "o-" + digest(name + "\n" + client);
    return new Operator(id, name.isBlank() ? "guest-" + id.substring(2, 6) : name);
  }

  /** An ID that nobody guesses. */
  public static String sessionId() {
    return random("s-");
  }

  private static String random(String prefix) {
    byte[] bytes = new byte[ID_BYTES];
    RANDOM.nextBytes(bytes);
    return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, ID_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
