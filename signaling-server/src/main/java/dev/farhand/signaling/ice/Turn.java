package dev.farhand.signaling.ice;

import dev.farhand.protocol.SignalMessage.IceServer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * TURN servers that share a secret with this server and so need not ask it who may relay: the user
 * name tells until when ("A REST API For Access To TURN Services", draft-uberti-behave-turn-rest,
 * as coturn does it with {@code use-auth-secret}). Immutable; any thread.
 *
 * @param urls RFC 7065
 * @param secret coturn's {@code static-auth-secret}
 * @param lifetime how long a credential can be used to begin relaying; what relays then goes on
 */
public record Turn(List<String> urls, String secret, Duration lifetime) {
  private static final String HMAC = "HmacSHA1";

  public Turn {
    urls = List.copyOf(urls);
  }

  /**
   * A credential of this user's own.
   *
   * @param user for quotas and the TURN server's log; without colons
   */
  IceServer credential(String user, Instant now) {
    String name = now.plus(lifetime).getEpochSecond() + ":" + user;
    return new IceServer(urls, name, sign(name));
  }

  private String sign(String name) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
      return Base64.getEncoder().encodeToString(mac.doFinal(name.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      // Every Java platform has it.
      throw new IllegalStateException(e);
    }
  }

  /** Without the secret: records end up in logs. */
  @Override
  public String toString() {
    return "Turn" + urls;
  }
}
