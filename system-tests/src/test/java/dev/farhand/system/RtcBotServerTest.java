package dev.farhand.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What RTCBot's programs get from {@code /rtcbot/ID} when all is not well, and who may use it. */
class RtcBotServerTest {
  private static final String SDP =
      "v=0\\r\\no=- 1 1 IN IP4 0.0.0.0\\r\\ns=-\\r\\nt=0 0\\r\\na=ice-ufrag:abcd\\r\\n";
  private static final String OFFER = "{\"type\":\"offer\",\"sdp\":\"" + SDP + "\"}";

  private static Stand stand;
  private static Program trusting;
  private static String open;
  private static String guarded;
  private static Program guard;

  @BeforeAll
  static void start() {
    stand = new Stand("rtcbot-server");
    trusting = stand.server("run", "--open", "--port", "0");
    open = "http://localhost:" + Stand.port(trusting) + "/rtcbot/";
    guard = stand.server("run", "--host", "127.0.0.1", "--port", "0");
    guarded = "http://localhost:" + Stand.port(guard) + "/rtcbot/";
  }

  @AfterAll
  static void stop() {
    stand.close();
  }

  private static void assertRefused(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.body())
        .contains("\"code\":\"" + code + "\"")
        .containsPattern("\"reason\":\"[A-Z][^\"]{10,}\\.");
  }

  @Test
  void nobody_there_is_404() {
    assertRefused(Http.post(open + "nobody", OFFER), 404, "robot-away");
  }

  @Test
  void what_is_no_offer_is_400() {
    assertThat(Http.post(open + "nobody", "hello").statusCode()).isEqualTo(400);
    assertThat(Http.post(open + "nobody", OFFER.replace("offer", "answer")).statusCode())
        .isEqualTo(400);
    assertThat(Http.post(open + "nobody", "{\"type\":\"offer\",\"sdp\":\"x\"}").statusCode())
        .isEqualTo(400);
  }

  @Test
  void what_is_too_large_is_413() {
    String large = OFFER.replace("s=-", "s=" + "x".repeat(100_000));
    assertRefused(Http.post(open + "nobody", large), 413, "too-large");
  }

  @Test
  void a_robot_that_does_not_answer_is_504_and_is_served_again_afterwards() {
    try (Program mute = stand.peer("robot.py", open + "mute", "--mute")) {
      awaitPresence(open, "mute");
      assertRefused(Http.post(open + "mute", OFFER), 504, "robot-silent");
      mute.awaitLine("Got an offer");
      Await.until(
          "the robot is back",
          Duration.ofSeconds(10),
          () -> mute.output().lines().filter("Waiting for an offer"::equals).count() == 2);
    }
  }

  @Test
  void an_answer_that_is_none_is_502() {
    try (Program robot = stand.peer("robot.py", open + "odd", "--answer", "no answer")) {
      awaitPresence(open, "odd");
      assertRefused(Http.post(open + "odd", OFFER), 502, "peer-failed");
      assertThat(robot.alive()).isTrue();
    }
  }

  @Test
  void a_person_who_opens_the_address_gets_the_console() {
    HttpResponse<String> response = Http.get(open + "rover1");
    assertThat(response.statusCode()).isEqualTo(303);
    assertThat(response.headers().firstValue("Location")).hasValue("/r/rover1");
  }

  @Test
  void the_newest_robot_wins_over_one_whose_line_is_dead() {
    try (Program old = stand.peer("robot.py", open + "twin")) {
      awaitPresence(open, "twin");
      // A link that died: its end is never heard of.
      Program.signal(ProcessHandle.of(old.pid()).orElseThrow(), "STOP");
      try (Program young = stand.peer("robot.py", open + "twin")) {
        trusting.awaitLine("Robot twin is here anew");
        try (Program client = stand.peer("client.py", open + "twin", "--say", "Who is it?")) {
          client.awaitLine("Got message: Hello from Python");
          young.awaitLine("Got message: Who is it?");
        }
      }
      assertThat(old.output()).doesNotContain("Got an offer");
    }
  }

  @Test
  void a_token_in_the_query_lets_robots_and_operators_in_and_is_in_no_log() {
    String robotsToken = token("robot");
    String driversToken = token("driver");
    try (Program robot = stand.peer("robot.py", guarded + "rover1?token=" + robotsToken)) {
      robot.awaitLine("Waiting for an offer");
      try (Program client =
          stand.peer("client.py", guarded + "rover1?token=" + driversToken, "--say", "Let me in")) {
        robot.awaitLine("Got message: Let me in");
        client.awaitLine("Got message: Hello from Python");
      }
      assertRefused(Http.post(guarded + "rover1", OFFER), 401, "token-missing");
      assertRefused(
          Http.post(guarded + "rover1?token=" + robotsToken, OFFER), 403, "role-forbidden");
      assertRefused(Http.post(guarded + "rover2?token=" + driversToken, OFFER), 403, "wrong-robot");
    }
    try (Program stranger = stand.peer("robot.py", guarded + "rover1?token=" + driversToken)) {
      stranger.awaitLine("Refused with 403");
    }
    try (Program stranger = stand.peer("robot.py", guarded + "rover1")) {
      stranger.awaitLine("Refused with 401");
    }
    assertThat(guard.output()).doesNotContain(robotsToken).doesNotContain(driversToken);
  }

  private static String token(String role) {
    try (Program command =
        stand.start("token-" + role, Stand.SERVER, "token", "--robot", "rover1", "--role", role)) {
      assertThat(command.exitStatus(Duration.ofSeconds(10))).as(command.output()).isZero();
      return command.awaitLine("eyJ").strip();
    }
  }

  private static void awaitPresence(String server, String id) {
    String api = server.replace("/rtcbot/", "/api/robots/") + id;
    Await.until(
        id + " is at the server",
        Duration.ofSeconds(10),
        () -> Http.get(api).body().contains("true"));
  }
}
