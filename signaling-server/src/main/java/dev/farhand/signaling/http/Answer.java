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
    refuse(response, code, code.sentence());
  }

  static void refuse(HttpServerResponse response, Code code, String reason) {
    int status = status(code);
    if (status == 401) {
      response.putHeader("WWW-Authenticate", "Bearer");
    }
    problem(response, status, code.wire(), reason);
  }

  private static int status(Code code) {
    return switch (code) {
      case BAD_MESSAGE, BAD_DESCRIPTION -> 400;
      case TOKEN_MISSING, TOKEN_INVALID, TOKEN_EXPIRED, TOKEN_REVOKED -> 401;
      case WRONG_ROBOT, ROLE_FORBIDDEN, FOREIGN_ORIGIN, FOREIGN_HOST, PROXIED -> 403;
      case BAD_ROBOT_ID, ROBOT_AWAY -> 404;
      case SILENT -> 408;
      case ROBOT_CONFLICT -> 409;
      case TOO_LARGE -> 413;
      case TOO_MANY_MESSAGES, TOO_MANY_CONNECTIONS -> 429;
      case INTERNAL -> 500;
      case TOO_MANY_SESSIONS, TOO_MANY_WAITING, SERVER_RESTARTING, AGENT_RESTARTING -> 503;
      case ROBOT_SILENT -> 504;
      // Why the robot ended it.
      default -> 502;
    };
  }

  static void problem(HttpServerResponse response, int status, String code, String reason) {
    response.setStatusCode(status);
    json(response, new JsonObject().put("code", code).put("reason", reason));
  }

  static void json(HttpServerResponse response, JsonObject body) {
    json(response, body.encode());
  }

  static void json(HttpServerResponse response, String body) {
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(body + "\n");
  }
}
