package dev.farhand.signaling.http;

import dev.farhand.protocol.Code;
import dev.farhand.signaling.access.Refused;
import dev.farhand.signaling.bounds.Timings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** A request's content as it comes in, bounded. Confined to one event loop. */
final class Body {
  private final Vertx vertx;
  private final HttpServerRequest request;
  private final int most;
  private final Timings timings;
  private final Buffer content = Buffer.buffer();
  private final Promise<Buffer> whole = Promise.promise();

  private Body(Vertx vertx, HttpServerRequest request, int most, Timings timings) {
    this.vertx = vertx;
    this.request = request;
    this.most = most;
    this.timings = timings;
  }

  /**
   * Reads all of it; to be called before the loop reads on.
   *
   * @param most bytes
   * @return fails with {@link Refused}, after which the connection closes
   */
  static Future<Buffer> read(Vertx vertx, HttpServerRequest request, int most, Timings timings) {
    Body body = new Body(vertx, request, most, timings);
    long timer = vertx.setTimer(timings.firstMessage().toMillis(), late -> body.fail(Code.SILENT));
    request.handler(body::part);
    // Who broke off is not there to read why.
    request.exceptionHandler(broken -> body.whole.tryFail(new Refused(Code.SILENT)));
    request.endHandler(end -> body.whole.tryComplete(body.content));
    return body.whole.future().onComplete(done -> vertx.cancelTimer(timer));
  }

  private void part(Buffer part) {
    if (whole.future().isComplete()) {
      return;
    }
    content.appendBuffer(part);
    if (content.length() > most) {
      fail(Code.TOO_LARGE);
    }
  }

  private void fail(Code code) {
    request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    // Who is cut off while it sends does not get to read the answer: the rest is let go for a bit.
    vertx.setTimer(timings.closing().toMillis(), late -> request.connection().close());
    whole.tryFail(new Refused(code));
  }
}
