package dev.farhand.signaling.http;

import dev.farhand.signaling.access.OpenGuard;
import dev.farhand.signaling.access.Origins;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * What a request has to pass before it is heard. Immutable.
 *
 * @param open whether the server asks for no tokens, so that {@link OpenGuard} applies
 */
public record Guards(boolean open, Origins origins) {
  /**
   * Whether the request comes from where it may.
   *
   * @throws dev.farhand.signaling.access.Refused if not
   */
  void checkPlace(HttpServerRequest request) {
    if (open) {
      OpenGuard.check(request.getHeader(HttpHeaders.HOST), request.headers().names());
    }
  }

  /**
   * Whether the page that sent it may.
   *
   * @throws dev.farhand.signaling.access.Refused if not
   */
  void checkOrigin(HttpServerRequest request) {
    origins.check(
        request.getHeader(HttpHeaders.ORIGIN),
        request.scheme(),
        request.getHeader(HttpHeaders.HOST));
  }

  /** Whether the page is from another origin that was allowed by name. */
  boolean isAllowedByName(HttpServerRequest request) {
    return origins.isAllowed(request.getHeader(HttpHeaders.ORIGIN));
  }
}
