package dev.farhand.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farhand.protocol.SignalMessage.Joined;
import dev.farhand.protocol.SignalMessage.Role;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketConnectOptions;
import java.nio.file.Files;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is turned away before the first word. */
class GuardTest {
  @RegisterExtension final Ground ground = new Ground();

  private void isRefused(SignalingServer server, WebSocketConnectOptions options, String code) {
    assertThatThrownBy(() -> ground.peer(server, options))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            UpgradeRejectedException.class,
            refusal -> {
              assertThat(refusal.getStatus()).isEqualTo(403);
              assertThat(refusal.getBody().toString()).contains("\"" + code + "\"");
            });
    Peer welcome = ground.peer(server);
    welcome.settle();
  }

  private static WebSocketConnectOptions with(String header, String value) {
    // Otherwise the client makes up an origin.
    return new WebSocketConnectOptions()
        .setAllowOriginHeader(header.equals("Origin"))
        .putHeader(header, value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rebound.example.org",
        "localhost.example.org:8080",
        "127.0.0.2",
        "0.0.0.0",
        "localhost:80:80",
        ""
      })
  void open_server_answers_under_loopback_names_only(String host) {
    isRefused(ground.start(ground.open()), with("Host", host), "foreign-host");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Forwarded", "Via", "X-Forwarded-For", "x-forwarded-proto", "X-Real-IP"})
  void open_server_does_not_answer_through_a_proxy(String header) {
    isRefused(ground.start(ground.open()), with(header, "192.0.2.1"), "proxied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "[::1]"})
  void open_server_has_all_names_of_loopback(String host) {
    SignalingServer server = ground.start(ground.open());
    ground.peer(server, with("Host", host + ":" + server.port())).settle();
  }

  @Test
  void server_with_tokens_may_stand_behind_a_proxy() {
    SignalingServer server = ground.start(ground.closed());
    ground.peer(server, with("Host", "robots.example.org").putHeader("Via", "1.1 x")).settle();
  }

  @Test
  void open_server_listens_on_this_machine_only() {
    for (String host : new String[] {"0.0.0.0", "192.0.2.1", "::"}) {
      assertThatThrownBy(() -> ground.start(new SettingsBuilder(ground.open()).host(host).build()))
          .hasMessageContaining("listens on this machine only");
    }
  }

  @Test
  void open_server_looks_at_no_token() {
    SignalingServer server = ground.start(ground.open());
    ground.peer(server).register("rover1", "rubbish");
    Peer operator = ground.peer(server);
    operator.join("rover1", ground.token(Role.OWNER, "rover1"));
    assertThat(operator.expect(Joined.class).role()).isEqualTo(Role.DRIVER);
  }

  @Test
  void open_server_starts_without_a_place_for_its_secret() throws Exception {
    Files.createFile(ground.directory().resolve("file"));
    Settings settings =
        new SettingsBuilder(ground.open())
            .secretFile(ground.directory().resolve("file").resolve("secret"))
            .build();
    Pair.on(ground, ground.start(settings), "rover1").exchange();
  }

  @Test
  void pages_of_other_origins_are_refused() {
    SignalingServer server = ground.start(ground.open());
    isRefused(server, with("Origin", "https://evil.example.org"), "foreign-origin");
    isRefused(server, with("Origin", "null"), "foreign-origin");
    isRefused(server, with("Origin", "http://localhost:1"), "foreign-origin");
    isRefused(
        server,
        with("Origin", "http://localhost:" + server.port() + ".evil.org"),
        "foreign-origin");
  }

  @Test
  void pages_of_this_server_are_welcome_under_any_name_of_loopback() {
    SignalingServer server = ground.start(ground.open());
    for (String host : new String[] {"localhost", "127.0.0.1", "[::1]"}) {
      ground.peer(server, with("Origin", "http://" + host + ":" + server.port())).settle();
    }
  }

  @Test
  void public_origin_is_the_only_one_beside_those_allowed() {
    SignalingServer server =
        ground.start(
            new SettingsBuilder(ground.closed())
                .publicOrigin("https://robots.example.org")
                .allowedOrigins("https://Lab.example.org")
                .build());
    ground.peer(server, with("Origin", "https://robots.example.org")).settle();
    ground.peer(server, with("Origin", "https://lab.example.org")).settle();
    isRefused(server, with("Origin", "http://robots.example.org"), "foreign-origin");
    isRefused(server, with("Origin", "http://127.0.0.1:" + server.port()), "foreign-origin");
  }

  @Test
  void without_a_public_origin_the_requests_host_counts() {
    SignalingServer server = ground.start(ground.closed());
    ground
        .peer(
            server,
            with("Host", "robots.example.org").putHeader("Origin", "http://robots.example.org"))
        .settle();
    isRefused(
        server,
        with("Origin", "http://other.example.org").putHeader("Host", "robots.example.org"),
        "foreign-origin");
  }
}
