package dev.farhand.signaling.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.protocol.SignalMessage.Role;
import dev.farhand.signaling.access.DenyList;
import dev.farhand.signaling.access.Doorkeeper;
import dev.farhand.signaling.access.Grant;
import dev.farhand.signaling.access.Origins;
import dev.farhand.signaling.access.SecretKeys;
import dev.farhand.signaling.access.Tokens;
import dev.farhand.signaling.board.Joins;
import dev.farhand.signaling.board.LocalSwitchboard;
import dev.farhand.signaling.board.Registration;
import dev.farhand.signaling.bounds.Limits;
import dev.farhand.signaling.bounds.Timings;
import dev.farhand.signaling.ice.IceServers;
import dev.farhand.signaling.socket.Service;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTest {
  private static final String SCRIPT = "export const answer = 42;\n".repeat(100);

  private final Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Vertx vertx = Vertx.vertx();
  private final AtomicBoolean ready = new AtomicBoolean(true);
  private final Tokens tokens = new Tokens(vertx, SecretKeys.random(), Clock.systemUTC());
  private final LocalSwitchboard board =
      new LocalSwitchboard(Limits.DEFAULTS, new Joins(1, System::nanoTime), Clock.systemUTC());
  private int port;

  SiteTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeEach
  void serve_a_page() throws Exception {
    Files.createDirectories(directory.resolve("web/lib"));
    Files.writeString(directory.resolve("web/index.html"), "<title>home</title>");
    Files.writeString(directory.resolve("web/console.html"), "<title>console</title>");
    Files.writeString(directory.resolve("web/lib/farhand.js"), SCRIPT);
    Files.writeString(directory.resolve("web/rtcbot.js"), SCRIPT);
    try (URLClassLoader loader = new URLClassLoader(new URL[] {directory.toUri().toURL()}, null)) {
      Doorkeeper doorkeeper = new Doorkeeper(false, tokens, new DenyList(null), Clock.systemUTC());
      Service service =
          new Service(
              vertx,
              board,
              doorkeeper,
              IceServers.NONE,
              Limits.DEFAULTS,
              Timings.DEFAULTS,
              Clock.systemUTC(),
              System::nanoTime);
      Site site =
          new Site(
              vertx,
              StaticFiles.from(loader),
              new Guards(false, new Origins(false, null, List.of("https://lab.example.org"))),
              doorkeeper,
              board,
              ready::get,
              request -> request.response().setStatusCode(101).end(),
              new RtcBotPages(service, (request, robotId, grant) -> {}));
      port =
          vertx
              .createHttpServer()
              .requestHandler(site)
              .listen(0, "127.0.0.1")
              .await(10, TimeUnit.SECONDS)
              .actualPort();
    }
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(10));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void pages_and_libraries_are_served() throws Exception {
    assertThat(get("/").body()).contains("home");
    HttpResponse<String> console = get("/r/rover1");
    assertThat(console.body()).contains("console");
    assertThat(header(console, "content-type")).isEqualTo("text/html; charset=utf-8");
    assertThat(get("/lib/farhand.js").body()).isEqualTo(SCRIPT);
  }

  @Test
  void pages_from_anywhere_may_load_the_libraries_but_read_nothing_else() throws Exception {
    String allowed = "access-control-allow-origin";
    assertThat(header(get("/lib/farhand.js"), allowed)).isEqualTo("*");
    assertThat(header(get("/rtcbot.js"), allowed)).isEqualTo("*");
    assertThat(header(get("/"), allowed)).isEmpty();
    assertThat(header(get("/r/rover1"), allowed)).isEmpty();
  }

  @Test
  void head_is_answered_without_the_content() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/lib/farhand.js"))
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "content-length")).isEqualTo(Integer.toString(SCRIPT.length()));
    assertThat(response.body()).isEmpty();
  }

  @Test
  void every_answer_has_the_headers_that_keep_a_page_safe() throws Exception {
    for (String path : List.of("/", "/r/rover1", "/nowhere", "/healthz", "/api/robots/rover1")) {
      HttpResponse<String> response = get(path);
      assertThat(header(response, "content-security-policy"))
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(header(response, "referrer-policy")).isEqualTo("no-referrer");
      assertThat(header(response, "x-content-type-options")).isEqualTo("nosniff");
    }
  }

  @Test
  void browser_that_has_a_file_hears_that_nothing_is_new() throws Exception {
    HttpResponse<String> first = get("/lib/farhand.js");
    HttpResponse<String> second = get("/lib/farhand.js", "If-None-Match", header(first, "etag"));
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
    assertThat(get("/lib/farhand.js", "If-None-Match", "\"old\"").statusCode()).isEqualTo(200);
  }

  @Test
  void files_travel_compressed() throws Exception {
    HttpResponse<String> response = get("/lib/farhand.js", "Accept-Encoding", "gzip, br");
    assertThat(header(response, "content-encoding")).isEqualTo("gzip");
    assertThat(header(response, "vary")).contains("Accept-Encoding");
    assertThat(response.body().length()).isLessThan(SCRIPT.length() / 4);
  }

  @Test
  void wrong_addresses_are_answered_with_help() throws Exception {
    assertThat(get("/nowhere").statusCode()).isEqualTo(404);
    assertThat(get("/../../etc/passwd").statusCode()).isEqualTo(404);
    assertThat(get("/lib/..%2f..%2fsecret").statusCode()).isEqualTo(404);
    HttpResponse<String> console = get("/r/no%20robot");
    assertThat(console.statusCode()).isEqualTo(404);
    assertThat(console.body()).contains("bad-robot-id").contains("1 to 64 letters");
    assertThat(get("/signal").statusCode()).isEqualTo(426);
  }

  @Test
  void presence_is_told_to_those_with_a_token() throws Exception {
    String token = tokens.mint(new Grant(Role.VIEWER, Set.of("rover1"), "ann", null, null));
    String bearer = "Bearer " + token;
    assertThat(get("/api/robots/rover1", "Authorization", bearer).body())
        .contains("\"present\":false");
    long epoch =
        board
            .claim(
                new Registration("rover1", "i", 0, List.of(), true, false, Set.of()), notice -> {})
            .await();
    assertThat(get("/api/robots/rover1", "Authorization", bearer).body())
        .contains("\"present\":true");
    board.release("rover1", epoch);
    assertThat(get("/api/robots/rover1", "Authorization", bearer).body())
        .contains("\"present\":false");
  }

  @Test
  void presence_is_told_to_nobody_else() throws Exception {
    HttpResponse<String> missing = get("/api/robots/rover1");
    assertThat(missing.statusCode()).isEqualTo(401);
    assertThat(missing.body()).contains("token-missing");
    assertThat(get("/api/robots/rover1", "Authorization", "Bearer x").body())
        .contains("token-invalid");
    String other = tokens.mint(new Grant(Role.OWNER, Set.of("rover2"), "ann", null, null));
    HttpResponse<String> wrong = get("/api/robots/rover1", "Authorization", "Bearer " + other);
    assertThat(wrong.statusCode()).isEqualTo(403);
    assertThat(wrong.body()).contains("wrong-robot").doesNotContain("present");
  }

  @Test
  void foreign_pages_do_not_ask_and_allowed_ones_do() throws Exception {
    HttpResponse<String> foreign = get("/api/robots/rover1", "Origin", "https://evil.example.org");
    assertThat(foreign.statusCode()).isEqualTo(403);
    assertThat(foreign.body()).contains("foreign-origin");
    assertThat(header(foreign, "access-control-allow-origin")).isEmpty();
    HttpResponse<String> allowed = get("/api/robots/rover1", "Origin", "https://lab.example.org");
    assertThat(header(allowed, "access-control-allow-origin")).isEqualTo("https://lab.example.org");
  }

  @Test
  void health_and_readiness_differ_once_the_server_stops() throws Exception {
    assertThat(get("/readyz").statusCode()).isEqualTo(200);
    ready.set(false);
    assertThat(get("/readyz").statusCode()).isEqualTo(503);
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
  }
}
