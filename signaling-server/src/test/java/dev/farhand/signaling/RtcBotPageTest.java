package dev.farhand.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage.Describe;
import dev.farhand.protocol.SignalMessage.Description;
import dev.farhand.protocol.SignalMessage.Leave;
import dev.farhand.protocol.SignalMessage.Opened;
import dev.farhand.protocol.SignalMessage.Presence;
import dev.farhand.protocol.SignalMessage.Resumed;
import dev.farhand.protocol.SignalMessage.Role;
import dev.farhand.signaling.bounds.Limits;
import io.vertx.core.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages that post a complete offer, to either kind of robot. */
class RtcBotPageTest {
  private static final Duration SOON = Duration.ofMillis(300);
  private static final Limits ONE_SESSION =
      new Limits(
          Limits.DEFAULTS.messageBytes(),
          Limits.DEFAULTS.messagesPerSecond(),
          Limits.DEFAULTS.robotMessagesPerSecond(),
          1,
          Limits.DEFAULTS.joinsAtOnce(),
          1,
          1,
          Limits.DEFAULTS.socketsPerAddress(),
          Limits.DEFAULTS.connections(),
          Limits.DEFAULTS.queuedBytes());

  @RegisterExtension final Ground ground = new Ground();

  private SignalingServer impatient(Duration answer, Duration nextSocket) {
    return ground.start(
        new SettingsBuilder(ground.open()).timings(TestTimings.rtcBot(answer, nextSocket)).build());
  }

  /** Plays the agent: hears the offer, and answers it. */
  private static Opened serve(Peer agent) {
    Opened opened = agent.expect(Opened.class);
    Describe offer = agent.expect(Describe.class);
    assertThat(offer.sessionId()).isEqualTo(opened.sessionId());
    assertThat(offer.negotiation()).isEqualTo(1);
    assertThat(offer.description())
        .isEqualTo(new Description(Description.Type.OFFER, RtcBot.OFFER));
    agent.answer(opened.sessionId(), 1, RtcBot.ANSWER);
    return opened;
  }

  @Test
  void rtcbot_robot_answers_an_rtcbot_page() {
    SignalingServer server = ground.start(ground.open());
    RtcBot robot = ground.rtcBot(server, "rover1");
    CompletableFuture<HttpResponse<String>> response =
        new Page(server).offer("rover1", RtcBot.OFFER);
    assertThat(robot.offer()).isEqualTo(RtcBot.OFFER);
    robot.answer(RtcBot.ANSWER);
    assertThat(Page.answer(response)).isEqualTo(RtcBot.ANSWER);
    assertThat(robot.expectClose()).isEqualTo("1000 null");
  }

  @Test
  void answer_may_be_text_within_json() {
    SignalingServer server = ground.start(ground.open());
    RtcBot robot = ground.rtcBot(server, "rover1");
    CompletableFuture<HttpResponse<String>> response =
        new Page(server).offer("rover1", RtcBot.OFFER);
    robot.offer();
    robot.say(Json.encode(RtcBot.description("answer", RtcBot.ANSWER)));
    assertThat(Page.answer(response)).isEqualTo(RtcBot.ANSWER);
  }

  @Test
  void agent_answers_an_rtcbot_page_and_hears_that_nobody_is_at_the_server_any_more() {
    SignalingServer server = ground.start(ground.open());
    Peer agent = ground.peer(server);
    agent.register("rover1", null);
    CompletableFuture<HttpResponse<String>> response =
        new Page(server).offer("rover1", RtcBot.OFFER);
    Opened opened = serve(agent);
    assertThat(opened.trickle()).isFalse();
    assertThat(opened.role()).isEqualTo(Role.DRIVER);
    assertThat(Page.answer(response)).isEqualTo(RtcBot.ANSWER);
    assertThat(agent.expect(Presence.class)).isEqualTo(new Presence(opened.sessionId(), false));
  }

  @Test
  void session_of_a_page_goes_on_until_the_agent_ends_it() {
    SignalingServer server =
        ground.start(new SettingsBuilder(ground.open()).limits(ONE_SESSION).build());
    Page page = new Page(server);
    Peer agent = ground.peer(server);
    agent.register("rover1", null);
    for (int i = 0; i < 3; i++) {
      CompletableFuture<HttpResponse<String>> response = page.offer("rover1", RtcBot.OFFER);
      String session = serve(agent).sessionId();
      Page.answer(response);
      agent.expect(Presence.class);
      Page.isRefused(page.offer("rover1", RtcBot.OFFER), 503, Code.TOO_MANY_SESSIONS);
      agent.send(new Leave(session, null, null));
      agent.settle();
    }
    assertThat(agent.hasHeard()).isFalse();
  }

  @Test
  void agent_that_returns_takes_the_session_of_a_page_up_again() {
    SignalingServer server = ground.start(ground.open());
    Peer agent = ground.peer(server);
    agent.register("rover1", null);
    CompletableFuture<HttpResponse<String>> response =
        new Page(server).offer("rover1", RtcBot.OFFER);
    Opened opened = serve(agent);
    Page.answer(response);
    agent.expect(Presence.class);
    Peer again = ground.peer(server);
    again.register("rover1", null, opened.sessionId());
    again.resume(opened.sessionId(), opened.resumeKey());
    again.expect(Resumed.class);
    assertThat(again.expect(Presence.class)).isEqualTo(new Presence(opened.sessionId(), false));
  }

  @Test
  void session_of_a_page_ends_with_its_token() {
    TestClock clock = new TestClock();
    SignalingServer server =
        ground.start(
            new SettingsBuilder(ground.closed())
                .timings(TestTimings.recheck(Duration.ofMillis(20)))
                .build(),
            clock);
    Peer agent = ground.peer(server);
    agent.register("rover1", ground.token(Role.ROBOT, "rover1"));
    Duration life = Duration.ofHours(1);
    String token = ground.token(Role.VIEWER, "rover1", "t", Instant.now().plus(life));
    CompletableFuture<HttpResponse<String>> response =
        new Page(server).offer("rover1?token=" + token, RtcBot.OFFER);
    Opened opened = serve(agent);
    assertThat(opened.role()).isEqualTo(Role.VIEWER);
    Page.answer(response);
    agent.expect(Presence.class);
    clock.forward(life);
    agent.expectClosed(opened.sessionId(), Code.TOKEN_EXPIRED);
  }

  @Test
  void agent_that_cannot_use_the_offer_says_so() {
    SignalingServer server = ground.start(ground.open());
    Peer agent = ground.peer(server);
    agent.register("rover1", null);
    CompletableFuture<HttpResponse<String>> response =
        new Page(server).offer("rover1", RtcBot.OFFER);
    String session = agent.expect(Opened.class).sessionId();
    agent.send(new Leave(session, Code.BAD_DESCRIPTION, "No channels."));
    Page.isRefused(response, 400, Code.BAD_DESCRIPTION);
    assertThat(response.join().body()).contains("No channels.");
  }

  @Test
  void robot_that_is_not_there_is_not_found() {
    SignalingServer server = ground.start(ground.open());
    Page.isRefused(new Page(server).offer("rover1", RtcBot.OFFER), 404, Code.ROBOT_AWAY);
    Page.isRefused(new Page(server).offer("no%20robot", RtcBot.OFFER), 404, Code.BAD_ROBOT_ID);
  }

  @Test
  void robot_that_does_not_answer_is_given_up() {
    SignalingServer server = impatient(SOON, SOON);
    RtcBot robot = ground.rtcBot(server, "rover1");
    Page.isRefused(new Page(server).offer("rover1", RtcBot.OFFER), 504, Code.ROBOT_SILENT);
    robot.offer();
    assertThat(robot.expectClose()).isEqualTo("1008 robot-silent");
    RtcBot next = ground.rtcBot(server, "rover1");
    CompletableFuture<HttpResponse<String>> response =
        new Page(server).offer("rover1", RtcBot.OFFER);
    next.serve();
    Page.answer(response);
  }

  @Test
  void agent_that_does_not_answer_is_given_up() {
    SignalingServer server = impatient(SOON, SOON);
    Peer agent = ground.peer(server);
    agent.register("rover1", null);
    Page.isRefused(new Page(server).offer("rover1", RtcBot.OFFER), 504, Code.ROBOT_SILENT);
    String session = agent.expect(Opened.class).sessionId();
    agent.expect(Describe.class);
    agent.expectClosed(session, Code.ROBOT_SILENT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          not JSON                          | bad-message
          {}                                | bad-message
          []                                | bad-message
          null                              | bad-message
          "                                 | bad-message
          "offer"                           | bad-message
          {"type":"offer"}                  | bad-message
          {"sdp":"v=0"}                     | bad-message
          {"type":"dance","sdp":"v=0"}      | bad-message
          {"type":"offer","sdp":7}          | bad-description
          {"type":"answer","sdp":"v=0"}     | bad-description
          {"type":"offer","sdp":"hello"}    | bad-description
          """)
  void what_is_no_offer_is_refused_and_reaches_no_robot(String body, String code) {
    SignalingServer server = ground.start(ground.open());
    RtcBot robot = ground.rtcBot(server, "rover1");
    HttpResponse<String> response = Page.await(new Page(server).send("POST", "rover1", body));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("\"" + code + "\"");
    CompletableFuture<HttpResponse<String>> next = new Page(server).offer("rover1", "v=0 next");
    assertThat(robot.offer()).isEqualTo("v=0 next");
    robot.answer(RtcBot.ANSWER);
    Page.answer(next);
  }

  @Test
  void offer_that_is_too_large_is_refused_while_it_still_comes() {
    SignalingServer server = ground.start(ground.open());
    Page page = new Page(server);
    Page.isRefused(page.send("POST", "rover1", "x".repeat(65 * 1024)), 413, Code.TOO_LARGE);
    Page.isRefused(page.send("POST", "rover1", "x".repeat(4 << 20)), 413, Code.TOO_LARGE);
  }

  @Test
  void body_that_does_not_come_is_not_waited_for() throws IOException {
    SignalingServer server =
        ground.start(
            new SettingsBuilder(ground.open()).timings(TestTimings.firstMessage(SOON)).build());
    try (Socket socket = post(server, "", 100)) {
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 408 ")
          .contains("\"silent\"");
    }
  }

  /** Posts a body that is announced to be so much longer than it is. */
  private static Socket post(SignalingServer server, String query, int missing) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(20_000);
    String body = RtcBot.description("offer", RtcBot.OFFER);
    String request =
        "POST /rtcbot/rover1"
            + query
            + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
            + (body.length() + missing)
            + "\r\n\r\n"
            + body;
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  @Test
  void any_type_of_content_is_taken() {
    SignalingServer server = ground.start(ground.open());
    Page page = new Page(server);
    for (String type : List.of("text/plain;charset=UTF-8", "application/json", "x/y")) {
      RtcBot robot = ground.rtcBot(server, "rover1");
      CompletableFuture<HttpResponse<String>> response =
          page.send(
              "POST", "rover1", RtcBot.description("offer", RtcBot.OFFER), "Content-Type", type);
      robot.serve();
      Page.answer(response);
    }
  }

  @Test
  void offers_at_once_are_answered_one_after_the_other() {
    SignalingServer server = ground.start(ground.open());
    RtcBot robot = ground.rtcBot(server, "rover1");
    Page page = new Page(server);
    int offers = 5;
    List<CompletableFuture<HttpResponse<String>>> responses =
        IntStream.range(0, offers).mapToObj(i -> page.offer("rover1", "v=0 " + i)).toList();
    for (int i = 0; i < offers; i++) {
      robot.serve();
      robot = ground.rtcBot(server, "rover1");
    }
    for (int i = 0; i < offers; i++) {
      assertThat(Page.answer(responses.get(i))).isEqualTo("v=0 answer to v=0 " + i);
    }
  }

  @Test
  void robot_that_does_not_come_back_after_an_offer_is_away() {
    SignalingServer server = impatient(Duration.ofSeconds(10), SOON);
    RtcBot robot = ground.rtcBot(server, "rover1");
    Page page = new Page(server);
    CompletableFuture<HttpResponse<String>> first = page.offer("rover1", RtcBot.OFFER);
    robot.serve();
    Page.answer(first);
    Page.isRefused(page.offer("rover1", RtcBot.OFFER), 404, Code.ROBOT_AWAY);
  }

  @Test
  void so_many_wait_for_a_busy_robot() {
    SignalingServer server =
        ground.start(new SettingsBuilder(ground.open()).limits(ONE_SESSION).build());
    Page page = new Page(server);
    RtcBot robot = ground.rtcBot(server, "rover1");
    List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
    responses.add(page.offer("rover1", RtcBot.OFFER));
    robot.offer();
    responses.add(page.offer("rover1", RtcBot.OFFER));
    responses.add(page.offer("rover1", RtcBot.OFFER));
    CompletableFuture<?> refused = CompletableFuture.anyOf(responses.get(1), responses.get(2));
    assertThat(((HttpResponse<?>) refused.join()).statusCode()).isEqualTo(503);
    robot.answer(RtcBot.ANSWER);
    Page.answer(responses.get(0));
    ground.rtcBot(server, "rover1").serve();
    assertThat(responses.stream().map(Page::await).map(HttpResponse::statusCode))
        .containsExactlyInAnyOrder(200, 200, 503);
  }

  @Test
  void page_that_goes_away_ends_its_session_with_an_agent() throws IOException {
    SignalingServer server = ground.start(ground.open());
    Peer agent = ground.peer(server);
    agent.register("rover1", null);
    String session;
    try (Socket page = post(server, "", 0)) {
      session = agent.expect(Opened.class).sessionId();
      agent.expect(Describe.class);
      assertThat(page.isConnected()).isTrue();
    }
    agent.expectClosed(session, Code.OPERATOR_LEFT);
  }

  @Test
  void page_that_goes_away_does_not_get_its_answer_to_somebody_else() throws IOException {
    SignalingServer server = ground.start(ground.open());
    RtcBot robot = ground.rtcBot(server, "rover1");
    try (Socket page = post(server, "", 0)) {
      assertThat(page.isConnected()).isTrue();
      robot.offer();
    }
    CompletableFuture<HttpResponse<String>> other = new Page(server).offer("rover1", "v=0 other");
    robot.answer("v=0 answer to nobody");
    assertThat(robot.expectClose()).isEqualTo("1000 null");
    ground.rtcBot(server, "rover1").serve();
    assertThat(Page.answer(other)).isEqualTo("v=0 answer to v=0 other");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rubbish                        | 1008 bad-description
          {"type":"offer","sdp":"v=0"}   | 1008 bad-description
          {"type":"answer","sdp":"no"}   | 1008 bad-description
          {"type":"answer"}              | 1008 bad-description
          "rubbish"                      | 1008 bad-description
          """)
  void answer_that_is_none_is_a_bad_gateway(String answer, String close) {
    SignalingServer server = ground.start(ground.open());
    RtcBot robot = ground.rtcBot(server, "rover1");
    Page page = new Page(server);
    CompletableFuture<HttpResponse<String>> response = page.offer("rover1", RtcBot.OFFER);
    robot.offer();
    robot.say(answer);
    Page.isRefused(response, 502, Code.PEER_FAILED);
    assertThat(robot.expectClose()).isEqualTo(close);
    // It is given the time to come back, as after any offer.
    CompletableFuture<HttpResponse<String>> next = page.offer("rover1", RtcBot.OFFER);
    ground.rtcBot(server, "rover1").serve();
    Page.answer(next);
  }

  @Test
  void answer_of_a_mebibyte_is_a_bad_gateway() {
    SignalingServer server = ground.start(ground.open());
    RtcBot robot = ground.rtcBot(server, "rover1");
    CompletableFuture<HttpResponse<String>> response =
        new Page(server).offer("rover1", RtcBot.OFFER);
    robot.offer();
    robot.say("x".repeat(1 << 20));
    Page.isRefused(response, 502, Code.PEER_FAILED);
    assertThat(robot.expectClose()).isEqualTo("1009 too-large");
  }

  @Test
  void robot_that_restarts_before_it_answers_is_a_bad_gateway() {
    SignalingServer server = ground.start(ground.open());
    RtcBot robot = ground.rtcBot(server, "rover1");
    Page page = new Page(server);
    CompletableFuture<HttpResponse<String>> response = page.offer("rover1", RtcBot.OFFER);
    robot.offer();
    robot.close();
    Page.isRefused(response, 502, Code.PEER_FAILED);
    CompletableFuture<HttpResponse<String>> next = page.offer("rover1", RtcBot.OFFER);
    ground.rtcBot(server, "rover1").serve();
    Page.answer(next);
  }

  @Test
  void robot_that_is_superseded_before_it_answers_is_a_bad_gateway() {
    SignalingServer server = ground.start(ground.open());
    RtcBot robot = ground.rtcBot(server, "rover1");
    CompletableFuture<HttpResponse<String>> response =
        new Page(server).offer("rover1", RtcBot.OFFER);
    robot.offer();
    ground.peer(server).register("rover1", null);
    Page.isRefused(response, 502, Code.ROBOT_RESTARTED);
    assertThat(robot.expectClose()).isEqualTo("1000 superseded");
  }

  @Test
  void failures_leave_nothing_behind() throws IOException {
    SignalingServer server =
        ground.start(
            new SettingsBuilder(ground.open())
                .limits(ONE_SESSION)
                .timings(TestTimings.rtcBot(SOON, Duration.ofSeconds(10)))
                .build());
    Page page = new Page(server);
    // Each would take the one place of a session, or of a waiting one, for good.
    for (int i = 0; i < 3; i++) {
      RtcBot robot = ground.rtcBot(server, "rover1");
      try (Socket gone = post(server, "", 0)) {
        assertThat(gone.isConnected()).isTrue();
        robot.offer();
      }
      Page.isRefused(page.offer("rover1", RtcBot.OFFER), 504, Code.ROBOT_SILENT);
      assertThat(robot.expectClose()).isEqualTo("1008 robot-silent");
      RtcBot early = ground.rtcBot(server, "rover1");
      early.say("too early");
      assertThat(early.expectClose()).isEqualTo("1008 unexpected-message");
    }
    RtcBot robot = ground.rtcBot(server, "rover1");
    CompletableFuture<HttpResponse<String>> response = page.offer("rover1", RtcBot.OFFER);
    robot.serve();
    Page.answer(response);
  }

  @Test
  void server_that_stops_answers_those_who_wait() throws Exception {
    SignalingServer server = ground.start(ground.open());
    Peer agent = ground.peer(server);
    agent.register("rover1", null);
    CompletableFuture<HttpResponse<String>> response =
        new Page(server).offer("rover1", RtcBot.OFFER);
    agent.expect(Opened.class);
    server.close().await(10, TimeUnit.SECONDS);
    Page.isRefused(response, 503, Code.SERVER_RESTARTING);
  }

  @Test
  void tokens_decide_who_posts() {
    SignalingServer server = ground.start(ground.closed());
    Page page = new Page(server);
    String body = RtcBot.description("offer", RtcBot.OFFER);
    Page.isRefused(page.send("POST", "rover1", body), 401, Code.TOKEN_MISSING);
    Page.isRefused(page.send("POST", "rover1?token=x", body), 401, Code.TOKEN_INVALID);
    String late = ground.token(Role.OWNER, "rover1", "late", Instant.now().minusSeconds(60));
    Page.isRefused(page.send("POST", "rover1?token=" + late, body), 401, Code.TOKEN_EXPIRED);
    String other = ground.token(Role.OWNER, "rover2");
    Page.isRefused(page.send("POST", "rover1?token=" + other, body), 403, Code.WRONG_ROBOT);
    String robot = ground.token(Role.ROBOT, "rover1");
    Page.isRefused(page.send("POST", "rover1?token=" + robot, body), 403, Code.ROLE_FORBIDDEN);
    for (Role role : List.of(Role.VIEWER, Role.DRIVER, Role.OWNER)) {
      String token = ground.token(role, "rover1");
      Page.isRefused(page.send("POST", "rover1?token=" + token, body), 404, Code.ROBOT_AWAY);
      Page.isRefused(
          page.send("POST", "rover1", body, "Authorization", "Bearer " + token),
          404,
          Code.ROBOT_AWAY);
    }
  }

  @Test
  void viewer_posts_no_offer_to_an_rtcbot_robot() {
    SignalingServer server = ground.start(ground.closed());
    RtcBot robot = ground.rtcBot(server, "rover1?token=" + ground.token(Role.ROBOT, "rover1"));
    Page page = new Page(server);
    CompletableFuture<HttpResponse<String>> refused =
        page.offer("rover1?token=" + ground.token(Role.VIEWER, "rover1"), "v=0 viewer");
    Page.isRefused(refused, 403, Code.ROLE_FORBIDDEN);
    assertThat(refused.join().body()).contains("RTCBot program");
    CompletableFuture<HttpResponse<String>> next =
        page.offer("rover1?token=" + ground.token(Role.DRIVER, "rover1"), "v=0 driver");
    robot.serve();
    assertThat(Page.answer(next)).isEqualTo("v=0 answer to v=0 driver");
  }

  @Test
  void query_that_nobody_can_read_is_refused() throws IOException {
    SignalingServer server = ground.start(ground.closed());
    try (Socket socket = post(server, "?token=%zz", 0)) {
      byte[] start = socket.getInputStream().readNBytes(12);
      assertThat(new String(start, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 400");
    }
  }

  @Test
  void foreign_pages_may_not_post_and_allowed_ones_may() {
    SignalingServer server =
        ground.start(
            new SettingsBuilder(ground.closed()).allowedOrigins("https://lab.example.org").build());
    Page page = new Page(server);
    String body = RtcBot.description("offer", RtcBot.OFFER);
    Page.isRefused(
        page.send("POST", "rover1", body, "Origin", "https://evil.example.org"),
        403,
        Code.FOREIGN_ORIGIN);
    HttpResponse<String> allowed =
        Page.await(page.send("POST", "rover1", body, "Origin", "https://lab.example.org"));
    assertThat(allowed.statusCode()).isEqualTo(401);
    assertThat(allowed.headers().firstValue("access-control-allow-origin"))
        .contains("https://lab.example.org");
    HttpResponse<String> preflight =
        Page.await(
            page.send(
                "OPTIONS",
                "rover1",
                "",
                "Origin",
                "https://lab.example.org",
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "content-type"));
    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(preflight.headers().firstValue("access-control-allow-methods").orElse(""))
        .contains("POST");
    assertThat(preflight.headers().firstValue("access-control-allow-headers").orElse(""))
        .contains("Content-Type");
  }

  @Test
  void open_server_takes_no_offer_through_a_proxy() {
    SignalingServer server = ground.start(ground.open());
    Page.isRefused(
        new Page(server)
            .send(
                "POST",
                "rover1",
                RtcBot.description("offer", RtcBot.OFFER),
                "X-Forwarded-For",
                "192.0.2.1"),
        403,
        Code.PROXIED);
  }

  @Test
  void connection_may_post_so_often() {
    SignalingServer server = ground.start(ground.open());
    Page page = new Page(server);
    String large = RtcBot.description("offer", "v=0" + "x".repeat(60_000));
    Ground.eventually(() -> Page.await(page.send("POST", "rover1", large)).statusCode() == 429);
  }

  @Test
  void person_is_led_to_the_console() {
    SignalingServer server = ground.start(ground.open());
    Page page = new Page(server);
    HttpResponse<String> plain = Page.await(page.send("GET", "rover1", ""));
    assertThat(plain.statusCode()).isEqualTo(303);
    assertThat(plain.headers().firstValue("location")).contains("/r/rover1");
    HttpResponse<String> invited = Page.await(page.send("GET", "rover1?token=a.b-c_d%0d%0aX", ""));
    assertThat(invited.headers().firstValue("location")).contains("/r/rover1#token=a.b-c_d%0D%0AX");
    Page.isRefused(page.send("GET", "no%20robot", ""), 404, Code.BAD_ROBOT_ID);
  }
}
