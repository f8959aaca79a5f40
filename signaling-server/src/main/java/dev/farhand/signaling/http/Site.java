package dev.farhand.signaling.http;

import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage;
import dev.farhand.signaling.access.Doorkeeper;
import dev.farhand.signaling.access.Refused;
import dev.farhand.signaling.board.Switchboard;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.BooleanSupplier;

/** Answers all requests: guards first, then pages, health, robots. Confined to one event loop. */
public final class Site implements Handler<HttpServerRequest> {
  private static final Logger LOG = System.getLogger(Site.class.getName());
  private static final String SIGNAL = "/signal";

  private final StaticFiles files;
  private final Guards guards;
  private final Doorkeeper doorkeeper;
  private final Switchboard board;
  private final BooleanSupplier ready;
  private final Handler<HttpServerRequest> signal;
  private final RtcBotPages rtcBot;
  private final Router router;

  /**
   * @param ready whether new connections are welcome
   * @param signal takes over requests for the WebSocket, those that may pass
   * @param rtcBot what RTCBot's programs and pages ask for
   */
  public Site(
      Vertx vertx,
      StaticFiles files,
      Guards guards,
      Doorkeeper doorkeeper,
      Switchboard board,
      BooleanSupplier ready,
      Handler<HttpServerRequest> signal,
      RtcBotPages rtcBot) {
    this.files = files;
    this.guards = guards;
    this.doorkeeper = doorkeeper;
    this.board = board;
    this.ready = ready;
    this.signal = signal;
    this.rtcBot = rtcBot;
    this.router = routes(vertx);
  }

  /** Answers. Requests for the WebSocket go past the router, which would wrap their sockets. */
  @Override
  public void handle(HttpServerRequest request) {
    Answer.secure(request.response());
    String path = request.path() == null ? "" : request.path();
    boolean isSocket = "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE));
    if (isSocket && (path.equals(SIGNAL) || RtcBotPages.isAt(path))) {
      try {
        guards.checkPlace(request);
        guards.checkOrigin(request);
        if (path.equals(SIGNAL)) {
          signal.handle(request);
        } else {
          rtcBot.socket(request);
        }
      } catch (Refused refused) {
        Answer.refuse(request.response(), refused.code());
      }
    } else {
      router.handle(request);
    }
  }

  private Router routes(Vertx vertx) {
    Router routes = Router.router(vertx);
    // For those who watch the process, from wherever they do.
    read(routes, "/healthz").handler(context -> context.response().end("ok\n"));
    routes.route().handler(this::checkPlace);
    read(routes, "/readyz").handler(this::readiness);
    routes.route("/api/*").handler(this::checkOrigin);
    read(routes, "/api/robots/:robotId").handler(this::robot);
    routes.route(SIGNAL).handler(this::checkOrigin);
    routes.route(SIGNAL).handler(Site::notWebSocket);
    routes.route("/rtcbot/*").handler(this::checkOrigin);
    read(routes, "/rtcbot/:robotId").handler(rtcBot::console);
    routes.post("/rtcbot/:robotId").handler(rtcBot::offer);
    read(routes, "/").handler(context -> page(context, "index.html"));
    read(routes, "/r/:robotId").handler(this::console);
    read(routes, "/lib/*").handler(Site::shareLibrary);
    read(routes, "/rtcbot.js").handler(Site::shareLibrary);
    read(routes, "/*").handler(this::file);
    routes.route().handler(Site::nothing);
    routes.route().failureHandler(this::failed);
    return routes;
  }

  private static Route read(Router routes, String path) {
    return routes.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
  }

  private void checkPlace(RoutingContext context) {
    guards.checkPlace(context.request());
    context.next();
  }

  private void checkOrigin(RoutingContext context) {
    HttpServerRequest request = context.request();
    guards.checkOrigin(request);
    HttpServerResponse response = context.response();
    response.putHeader(HttpHeaders.VARY, "Origin");
    if (guards.isAllowedByName(request)) {
      response.putHeader(
          HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, request.getHeader(HttpHeaders.ORIGIN));
      if (request.method().name().equals("OPTIONS")) {
        response
            .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "Authorization, Content-Type")
            .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST")
            .setStatusCode(204)
            .end();
        return;
      }
    }
    context.next();
  }

  private static void notWebSocket(RoutingContext context) {
    Answer.problem(
        context.response().putHeader(HttpHeaders.UPGRADE, "websocket"),
        426,
        "websocket-only",
        "This address speaks WebSocket only.");
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
      throw new Refused(Code.BAD_ROBOT_ID);
    }
    doorkeeper.admitReader(robotId, Bearer.token(context.request()));
    board
        .isPresent(robotId)
        .map(present -> new JsonObject().put("robotId", robotId).put("present", present))
        .onSuccess(answer -> Answer.json(context.response(), answer))
        .onFailure(context::fail);
  }

  private void console(RoutingContext context) {
    if (!SignalMessage.isRobotId(context.pathParam("robotId"))) {
      throw new Refused(Code.BAD_ROBOT_ID);
    }
    page(context, "console.html");
  }

  /** Pages from anywhere may read the library. Whether they may join is decided at the socket. */
  private static void shareLibrary(RoutingContext context) {
    context.response().putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    context.next();
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
            () ->
                Answer.problem(
                    context.response(), 404, "not-found", "This build has no page in it."));
  }

  private static void nothing(RoutingContext context) {
    Answer.problem(context.response(), 404, "not-found", "Nothing is here.");
  }

  private void failed(RoutingContext context) {
    HttpServerResponse response = context.response();
    if (response.ended()) {
      return;
    }
    if (context.failure() instanceof Refused refused) {
      Answer.refuse(response, refused.code());
    } else if (context.statusCode() >= 400 && context.statusCode() < 500) {
      Answer.problem(
          response, context.statusCode(), "bad-request", "This request cannot be understood.");
    } else {
      // Neither the path, which may name a robot, nor the query, which may hold anything.
      LOG.log(Level.ERROR, "A request could not be answered", context.failure());
      Answer.problem(response, 500, Code.INTERNAL.wire(), Code.INTERNAL.sentence());
    }
  }
}
