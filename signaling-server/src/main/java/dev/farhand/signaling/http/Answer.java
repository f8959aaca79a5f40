package dev.farhand.signaling.http;

import dev.farhand.protocol.Code;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** Answers in JSON. */
final class Answer {
  /** Nothing from elsewhere, nothing inline; pages may talk to their own origin only. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; media-src 'self' blob:; connect-src 'self'; manifest-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private Answer() {}

  /** Puts on what every answer has. */
  static void secure(HttpServerResponse response) {
    response
        .putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("X-Frame-Options", "DENY");
  }

  static void refuse(HttpServerResponse response, Code code) {
    int status =
        switch (code) {
          case TOKEN_MISSING, TOKEN_INVALID, TOKEN_EXPIRED, TOKEN_REVOKED -> 401;
          case BAD_ROBOT_ID -> 404;
          default -> 403;
        };
    if (status == 401) {
      response.putHeader("WWW-Authenticate", "Bearer");
    }
    problem(response, status, code.wire(), code.sentence());
  }

  static void problem(HttpServerResponse response, int status, String code, String reason) {
    response.setStatusCode(status);
    json(response, new JsonObject().put("code", code).put("reason", reason));
  }

  static void json(HttpServerResponse response, JsonObject body) {
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(body.encode() + "\n");
  }
}
