package dev.farhand.signaling.http;

import dev.farhand.protocol.Code;
import dev.farhand.signaling.access.Refused;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** The token in a request (RFC 6750, sections 2.1 and 2.3). */
final class Bearer {
  private static final String SCHEME = "Bearer ";

  private Bearer() {}

  /** From the header or, for programs that know an address and nothing else, from the query. */
  static @Nullable String orQuery(HttpServerRequest request) {
    String token = token(request);
    return token != null ? token : query(request);
  }

  /** What stands behind {@code ?token=}. */
  static @Nullable String query(HttpServerRequest request) {
    try {
      return request.getParam("token");
    } catch (IllegalArgumentException notEncoded) {
      throw new Refused(Code.TOKEN_INVALID);
    }
  }

  static @Nullable String token(HttpServerRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    boolean bearer = header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    return bearer ? header.substring(SCHEME.length()).strip() : null;
  }
}
