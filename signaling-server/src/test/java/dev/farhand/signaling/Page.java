package dev.farhand.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.protocol.Code;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An RTCBot page as a test plays it: it posts offers. */
final class Page {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port;

  Page(SignalingServer server) {
    this.port = server.port();
  }

  /** Posts an offer with this SDP. */
  CompletableFuture<HttpResponse<String>> offer(String robotIdAndQuery, String sdp) {
    return send("POST", robotIdAndQuery, RtcBot.description("offer", sdp));
  }

  CompletableFuture<HttpResponse<String>> send(
      String method, String robotIdAndQuery, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/rtcbot/" + robotIdAndQuery))
            .timeout(Duration.ofSeconds(30))
            .method(method, BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.sendAsync(request.build(), BodyHandlers.ofString());
  }

  static HttpResponse<String> await(CompletableFuture<HttpResponse<String>> response) {
    try {
      return response.get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** The SDP of the answer, which has to come. */
  static String answer(CompletableFuture<HttpResponse<String>> response) {
    HttpResponse<String> answer = await(response);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type").orElse(""))
        .startsWith("application/json");
    JsonObject body = new JsonObject(answer.body());
    assertThat(body.getString("type")).isEqualTo("answer");
    return body.getString("sdp");
  }

  static void isRefused(CompletableFuture<HttpResponse<String>> response, int status, Code code) {
    HttpResponse<String> answer = await(response);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    JsonObject body = new JsonObject(answer.body());
    assertThat(body.getString("code")).isEqualTo(code.wire());
    assertThat(body.getString("reason")).isNotBlank();
    assertThat(answer.headers().firstValue("content-type").orElse(""))
        .startsWith("application/json");
  }
}
