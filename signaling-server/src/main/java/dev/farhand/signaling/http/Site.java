package dev.farhand.signaling.http;

import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage;
import dev.farhand.signaling.access.Doorkeeper;
import dev.farhand.signaling.access.OpenGuard;
import dev.farhand.signaling.access.Origins;
import dev.farhand.signaling.access.Refused;
import dev.farhand.signaling.board.Switchboard;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * Answers all requests: the guards first, then pages, health, robots. Confined to one event loop.
 */
public final class Site {
  private static final Logger LOG = System.getLogger(Site.class.getName());

  /** Nothing from elsewhere, nothing inline; pages may talk to their own origin only. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; media-src 'self' blob:; connect-src 'self'; manifest-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private final StaticFiles files;
  private final Origins origins;
  private final Doorkeeper doorkeeper;
  private final Switchboard board;
  private final boolean open;
  private final BooleanSupplier ready;

  /**
   * @param open whether to apply {@link OpenGuard}
   * @param ready whether new connections are welcome
   */
  public Site(
      StaticFiles files,
      Origins origins,
      Doorkeeper doorkeeper,
      Switchboard board,
      boolean open,
      BooleanSupplier ready) {
    this.files = files;
    this.origins = origins;
    this.doorkeeper = doorkeeper;
    this.board = board;
    this.open = open;
    this.ready = ready;
  }

  /**
   * All routes.
   *
   * @param signal takes over requests for the WebSocket that may pass
   */
  public Router router(Vertx vertx, Handler<HttpServerRequest> signal) {
    Router router = Router.router(vertx);
    router.route().handler(Site::secure);
    router.get("/healthz").handler(context -> context.response().end("ok\n"));
    if (open) {
      router.route().handler(guarded(this::guardOpen));
    }
    router.get("/readyz").handler(this::readiness);
    router.route("/api/*").handler(guarded(this::guardOrigin));
    router.get("/api/robots/:robotId").handler(guarded(this::robot));
    router.route("/signal").handler(guarded(this::guardOrigin));
    router.get("/signal").handler(context -> signal(context, signal));
    router.get("/").handler(context -> page(context, "index.html"));
    router.get("/r/:robotId").handler(this::console);
    router.get("/*").handler(this::file);
    router.route().handler(context -> problem(context, 404, "not-found", "Nothing is here."));
    router.route().failureHandler(this::failed);
    return router;
  }

  private static void secure(RoutingContext context) {
    context
        .response()
        .putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("X-Frame-Options", "DENY");
    context.next();
  }

  private static Handler<RoutingContext> guarded(Handler<RoutingContext> handler) {
    return context -> {
      try {
        handler.handle(context);
      } catch (Refused refused) {
        refuse(context, refused.code());
      }
    };
  }

  private void guardOpen(RoutingContext context) {
    HttpServerRequest request = context.request();
    OpenGuard.check(request.getHeader(HttpHeaders.HOST), request.headers().names());
    context.next();
  }

  private void guardOrigin(RoutingContext context) {
    HttpServerRequest request = context.request();
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    origins.check(origin, request.scheme(), request.getHeader(HttpHeaders.HOST));
    HttpServerResponse response = context.response();
    response.putHeader(HttpHeaders.VARY, "Origin");
    if (origins.isAllowed(origin)) {
      response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
      if (request.method().name().equals("OPTIONS")) {
        response
            .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "Authorization")
            .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET")
            .setStatusCode(204)
            .end();
        return;
      }
    }
    context.next();
  }

  private static void signal(RoutingContext context, Handler<HttpServerRequest> signal) {
    String upgrade = context.request().getHeader(HttpHeaders.UPGRADE);
    if (upgrade == null || !upgrade.toLowerCase(Locale.ROOT).equals("websocket")) {
      problem(context, 426, "websocket-only", "This address speaks WebSocket only.");
      return;
    }
    signal.handle(context.request());
  }

  private void readiness(RoutingContext context) {
    boolean isReady = ready.getAsBoolean();
    context
        .response()
        .setStatusCode(isReady ? 200 : 503)
        .end(isReady ? "ready\n" : "the server is stopping\n");
  }

  private void robot(RoutingContext context) {
    String robotId = context.pathParam("robotId");
    if (!SignalMessage.isRobotId(robotId)) {
      refuse(context, Code.BAD_ROBOT_ID);
      return;
    }
    doorkeeper.admitReader(robotId, Bearer.token(context.request()));
    board
        .isPresent(robotId)
        .onSuccess(
            present ->
                json(context, new JsonObject().put("robotId", robotId).put("present", present)))
        .onFailure(context::fail);
  }

  private void console(RoutingContext context) {
    if (SignalMessage.isRobotId(context.pathParam("robotId"))) {
      page(context, "console.html");
    } else {
      refuse(context, Code.BAD_ROBOT_ID);
    }
  }

  private void file(RoutingContext context) {
    files
        .find(context.normalizedPath().substring(1))
        .ifPresentOrElse(file -> file.send(context.request()), context::next);
  }

  private void page(RoutingContext context, String name) {
    files
        .find(name)
        .ifPresentOrElse(
            file -> file.send(context.request()),
            () -> problem(context, 404, "not-found", "This build has no page in it."));
  }

  private static void refuse(RoutingContext context, Code code) {
    int status =
        switch (code) {
          case TOKEN_MISSING, TOKEN_INVALID, TOKEN_EXPIRED, TOKEN_REVOKED -> 401;
          case BAD_ROBOT_ID -> 404;
          default -> 403;
        };
    if (status == 401) {
      context.response().putHeader("WWW-Authenticate", "Bearer");
    }
    problem(context, status, code.wire(), code.sentence());
  }

  private void failed(RoutingContext context) {
    int status = context.statusCode() < 400 ? 500 : context.statusCode();
    if (status >= 500) {
      // The path may name a robot and the query may hold anything: neither is logged.
      LOG.log(Level.ERROR, "A request could not be answered", context.failure());
    }
    if (!context.response().ended()) {
      problem(
          context,
          status,
          status >= 500 ? Code.INTERNAL.wire() : "bad-request",
          status >= 500 ? Code.INTERNAL.sentence() : "This request cannot be understood.");
    }
  }

  private static void problem(RoutingContext context, int status, String code, String reason) {
    context.response().setStatusCode(status);
    json(context, new JsonObject().put("code", code).put("reason", reason));
  }

  private static void json(RoutingContext context, JsonObject body) {
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(body.encode() + "\n");
  }
}
