package dev.farhand.signaling.access;

import dev.farhand.protocol.Code;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an open server to this machine's own users. That it is bound to loopback is not enough: a
 * proxy on this machine would let the world in, and so would a page whose DNS name was turned to
 * 127.0.0.1 after it loaded.
 */
public final class OpenGuard {
  private OpenGuard() {}

  /**
   * Lets a request pass.
   *
   * @param host its {@code Host}
   * @param headers the names of all its headers
   * @throws Refused if it came under another name or through a proxy
   */
  public static void check(@Nullable String host, Iterable<String> headers) {
    for (String header : headers) {
      String name = header.toLowerCase(Locale.ROOT);
      if (name.equals("forwarded")
          || name.equals("via")
          || name.equals("x-real-ip")
          || name.startsWith("x-forwarded-")) {
        throw new Refused(Code.PROXIED);
      }
    }
    if (host == null || Loopback.parse(host) == null) {
      throw new Refused(Code.FOREIGN_HOST);
    }
  }
}
