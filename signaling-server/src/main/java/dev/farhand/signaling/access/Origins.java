package dev.farhand.signaling.access;

import dev.farhand.protocol.Code;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which pages may talk to the server (RFC 6454). A request without an origin comes from a program,
 * which could send any: tokens are what keep programs out. Immutable.
 */
public final class Origins {
  private final boolean open;
  private final @Nullable String publicOrigin;
  private final Set<String> allowed;

  /**
   * @param open whether pages from loopback names on the same port may, too
   * @param publicOrigin the server's own; without it, that of the request's {@code Host}
   * @param allowed others
   */
  public Origins(boolean open, @Nullable String publicOrigin, List<String> allowed) {
    this.open = open;
    this.publicOrigin = publicOrigin == null ? null : normal(publicOrigin);
    this.allowed = allowed.stream().map(Origins::normal).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Lets a request pass.
   *
   * @param origin the request's {@code Origin}
   * @param scheme http or https, as the request came
   * @param host its {@code Host}
   * @throws Refused if the origin is a foreign one
   */
  public void check(@Nullable String origin, String scheme, @Nullable String host) {
    if (origin != null && !isOwn(normal(origin), scheme, host) && !isAllowed(origin)) {
      throw new Refused(Code.FOREIGN_ORIGIN);
    }
  }

  /** Whether this other origin was allowed by name. */
  public boolean isAllowed(@Nullable String origin) {
    return origin != null && allowed.contains(normal(origin));
  }

  private boolean isOwn(String origin, String scheme, @Nullable String host) {
    if (publicOrigin != null) {
      return origin.equals(publicOrigin);
    }
    if (host == null) {
      return false;
    }
    if (origin.equals(scheme + "://" + host.toLowerCase(Locale.ROOT))) {
      return true;
    }
    String prefix = scheme + "://";
    if (!open || !origin.startsWith(prefix)) {
      return false;
    }
    Loopback page = Loopback.parse(origin.substring(prefix.length()));
    Loopback here = Loopback.parse(host);
    return page != null && here != null && page.port().equals(here.port());
  }

  private static String normal(String origin) {
    String lower = origin.toLowerCase(Locale.ROOT);
    return lower.endsWith("/") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
