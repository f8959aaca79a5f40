package dev.farhand.signaling.http;

import dev.farhand.protocol.Code;
import dev.farhand.protocol.InvalidMessage;
import dev.farhand.protocol.SignalMessage;
import dev.farhand.protocol.SignalMessage.Description;
import dev.farhand.signaling.access.Grant;
import dev.farhand.signaling.access.Refused;
import dev.farhand.signaling.http.PostedOffer.Unanswered;
import dev.farhand.signaling.socket.CompleteDescription;
import dev.farhand.signaling.socket.RateLimit;
import dev.farhand.signaling.socket.Service;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code /rtcbot/{id}}, where RTCBot's programs open their sockets and its pages post their offers.
 * Confined to one event loop.
 */
public final class RtcBotPages {
  private static final String PATH = "/rtcbot/";
  private static final int KIB = 1024;

  private final Service service;
  private final Entrance entrance;
  private boolean closed;
  private final Set<PostedOffer> pending = new HashSet<>();
  private final Map<HttpConnection, RateLimit> rates = new WeakHashMap<>();

  /** Takes over the socket of a program that may have this robot's ID. */
  @FunctionalInterface
  public interface Entrance {
    void enter(HttpServerRequest request, String robotId, Grant grant);
  }

  public RtcBotPages(Service service, Entrance entrance) {
    this.service = service;
    this.entrance = entrance;
  }

  /** Answers everybody who waits, for the server stops. */
  public void close() {
    closed = true;
    List.copyOf(pending).forEach(offer -> offer.giveUp(Code.SERVER_RESTARTING));
  }

  static boolean isAt(String path) {
    return path.startsWith(PATH);
  }

  /**
   * Lets a program's socket in.
   *
   * @throws Refused before the handshake, if it may not have the ID
   */
  void socket(HttpServerRequest request) {
    String robotId = robotId(request.path().substring(PATH.length()));
    Grant grant = service.doorkeeper().admitRobot(robotId, Bearer.orQuery(request));
    service
        .board()
        .isContested(robotId)
        .onSuccess(
            contested -> {
              if (contested) {
                Answer.refuse(request.response(), Code.ROBOT_CONFLICT);
              } else {
                entrance.enter(request, robotId, grant);
              }
            });
  }

  /** A person: to the console, with the token where invitations have it. */
  void console(RoutingContext context) {
    String robotId = robotId(context.pathParam("robotId"));
    String token = Bearer.query(context.request());
    String fragment =
        token == null ? "" : "#token=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
    context
        .response()
        .setStatusCode(303)
        .putHeader(HttpHeaders.LOCATION, "/r/" + robotId + fragment)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end();
  }

  /** A page: its offer is answered by the robot's answer. */
  void offer(RoutingContext context) {
    HttpServerRequest request = context.request();
    String robotId = robotId(context.pathParam("robotId"));
    Grant grant = service.doorkeeper().admitOperator(robotId, Bearer.orQuery(request));
    Body.read(service.vertx(), request, service.limits().messageBytes(), service.timings())
        .compose(body -> answer(request, robotId, grant, body))
        .onSuccess(
            answer -> {
              if (!request.response().closed()) {
                Answer.json(request.response(), CompleteDescription.write(answer));
              }
            })
        .onFailure(failure -> refuse(context, failure));
  }

  private Future<Description> answer(
      HttpServerRequest request, String robotId, Grant grant, Buffer body) {
    RateLimit rate =
        rates.computeIfAbsent(
            request.connection(),
            connection -> new RateLimit(service.limits().messagesPerSecond(), service.nanoTime()));
    if (!rate.tryTake(1 + body.length() / KIB)) {
      throw new Refused(Code.TOO_MANY_MESSAGES);
    }
    if (closed) {
      throw new Refused(Code.SERVER_RESTARTING);
    }
    Description offer = CompleteDescription.read(body.toString(), Description.Type.OFFER);
    PostedOffer posted = new PostedOffer(service, robotId, grant, offer);
    pending.add(posted);
    request.response().closeHandler(gone -> posted.giveUp(Code.OPERATOR_LEFT));
    return posted.ask().onComplete(done -> pending.remove(posted));
  }

  private static void refuse(RoutingContext context, Throwable failure) {
    HttpServerResponse response = context.response();
    if (response.closed()) {
      return;
    }
    if (failure instanceof Unanswered unanswered) {
      Answer.refuse(response, unanswered.code(), unanswered.reason());
    } else if (failure instanceof InvalidMessage invalid) {
      Answer.refuse(response, invalid.code(), invalid.reason());
    } else {
      context.fail(failure);
    }
  }

  private static String robotId(@Nullable String id) {
    if (id == null || !SignalMessage.isRobotId(id)) {
      throw new Refused(Code.BAD_ROBOT_ID);
    }
    return id;
  }
}
