package dev.farhand.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage.Expiring;
import dev.farhand.protocol.SignalMessage.Joined;
import dev.farhand.protocol.SignalMessage.Opened;
import dev.farhand.protocol.SignalMessage.Register;
import dev.farhand.protocol.SignalMessage.Resumed;
import dev.farhand.protocol.SignalMessage.Role;
import dev.farhand.signaling.access.SecretKeys;
import dev.farhand.signaling.access.SecretKeys.SecretKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TokenTest {
  private static final String CLAIMS =
      "{\"sub\":\"eve\",\"role\":\"owner\",\"robot\":\"*\",\"aud\":\"farhand\"}";

  @RegisterExtension final Ground ground = new Ground();
  private final Path denyFile = denyFile();
  private final SignalingServer server =
      ground.start(
          new SettingsBuilder(ground.closed())
              .denyFile(denyFile)
              .timings(TestTimings.recheck(Duration.ofMillis(50)))
              .build());
  private final Pair others =
      Pair.on(
          ground,
          server,
          "rover1",
          ground.token(Role.ROBOT, "rover1"),
          ground.token(Role.VIEWER, "rover1"));

  private Path denyFile() {
    try {
      return Files.createFile(ground.directory().resolve("denied"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void refusesJoin(@Nullable String token, Code code) {
    Peer peer = ground.peer(server);
    peer.join("rover1", token);
    peer.expectRefusal(code);
    others.exchange();
  }

  private void refusesRobot(@Nullable String token, Code code) {
    Peer peer = ground.peer(server);
    peer.send(new Register(1, "rover1", token, "i", 0, List.of(), List.of(), List.of()));
    peer.expectRefusal(code);
    others.exchange();
  }

  @Test
  void token_says_who_joins_and_as_what() {
    assertThat(others.joined().role()).isEqualTo(Role.VIEWER);
    assertThat(others.opened().role()).isEqualTo(Role.VIEWER);
    assertThat(others.opened().operator().name()).isEqualTo("ann");
  }

  @Test
  void same_browser_is_the_same_operator_in_each_tab() {
    Peer tab = ground.peer(server);
    tab.join("rover1", ground.token(Role.DRIVER, "rover1"));
    tab.expect(Joined.class);
    assertThat(others.robot().expect(Opened.class).operator())
        .isEqualTo(others.opened().operator());
  }

  @Test
  void missing_token_is_refused() {
    refusesJoin(null, Code.TOKEN_MISSING);
    refusesJoin("", Code.TOKEN_MISSING);
    refusesRobot(null, Code.TOKEN_MISSING);
  }

  @Test
  void rubbish_is_refused() {
    for (String token : List.of("x", "a.b.c", "..", "eyJhbGciOiJIUzI1NiJ9.e30.", "\u0000")) {
      refusesJoin(token, Code.TOKEN_INVALID);
    }
  }

  @Test
  void unsigned_token_is_refused() {
    refusesJoin(Forgery.unsigned("{\"alg\":\"none\"}", CLAIMS), Code.TOKEN_INVALID);
    refusesJoin(
        Forgery.token("{\"alg\":\"none\"}", CLAIMS, key().getBytes(StandardCharsets.UTF_8)),
        Code.TOKEN_INVALID);
  }

  @Test
  void right_signature_under_another_algorithm_is_refused() {
    refusesJoin(
        Forgery.token("{\"alg\":\"RS256\",\"kid\":\"" + kid() + "\"}", CLAIMS, secret()),
        Code.TOKEN_INVALID);
    refusesJoin(
        Forgery.token("{\"alg\":\"HS512\",\"kid\":\"" + kid() + "\"}", CLAIMS, secret()),
        Code.TOKEN_INVALID);
  }

  @Test
  void unknown_key_is_refused() {
    refusesJoin(
        Forgery.token("{\"alg\":\"HS256\",\"kid\":\"other\"}", CLAIMS, secret()),
        Code.TOKEN_INVALID);
    refusesJoin(
        Forgery.token("{\"alg\":\"HS256\",\"kid\":\"" + kid() + "\"}", CLAIMS, new byte[32]),
        Code.TOKEN_INVALID);
  }

  @Test
  void right_signature_over_wrong_claims_is_refused() {
    String head = "{\"alg\":\"HS256\",\"kid\":\"" + kid() + "\"}";
    for (String claims :
        List.of(
            "{\"role\":\"owner\",\"robot\":\"*\"}",
            "{\"role\":\"owner\",\"robot\":\"*\",\"aud\":\"other\"}",
            "{\"role\":\"king\",\"robot\":\"*\",\"aud\":\"farhand\"}",
            "{\"role\":\"owner\",\"aud\":\"farhand\"}",
            "{\"role\":\"owner\",\"robot\":[7],\"aud\":\"farhand\"}",
            "{\"role\":\"owner\",\"robot\":\"*\",\"aud\":\"farhand\",\"exp\":\"soon\"}",
            "{\"role\":7,\"robot\":\"*\",\"aud\":\"farhand\"}",
            "[]")) {
      refusesJoin(Forgery.token(head, claims, secret()), Code.TOKEN_INVALID);
    }
    // And the forger works, so that the above failed for its claims.
    Peer peer = ground.peer(server);
    peer.join("rover1", Forgery.token(head, CLAIMS, secret()));
    assertThat(peer.expect(Joined.class).role()).isEqualTo(Role.OWNER);
  }

  @Test
  void expired_token_is_refused() {
    refusesJoin(
        ground.token(Role.DRIVER, "rover1", null, Instant.now().minusSeconds(5)),
        Code.TOKEN_EXPIRED);
  }

  @Test
  void token_of_another_robot_tells_nothing_of_this_one() {
    String token = ground.token(Role.DRIVER, "rover2");
    refusesJoin(token, Code.WRONG_ROBOT);
    Peer peer = ground.peer(server);
    peer.join("never-seen", token);
    peer.expectRefusal(Code.WRONG_ROBOT);
    refusesRobot(ground.token(Role.ROBOT, "rover2"), Code.WRONG_ROBOT);
  }

  @Test
  void roles_keep_to_their_side() {
    refusesJoin(ground.token(Role.ROBOT, "rover1"), Code.ROLE_FORBIDDEN);
    refusesRobot(ground.token(Role.OWNER, "rover1"), Code.ROLE_FORBIDDEN);
  }

  @Test
  void resume_key_is_no_token_and_a_token_no_resume_key() {
    refusesJoin(others.joined().resumeKey(), Code.TOKEN_INVALID);
    Peer peer = ground.peer(server);
    peer.resume(others.session(), ground.token(Role.OWNER, "*"));
    peer.expectRefusal(Code.RESUME_INVALID);
  }

  @Test
  void withdrawn_token_ends_its_session_and_joins_no_more() throws IOException {
    String token = ground.token(Role.DRIVER, "rover1", "leaked", null);
    Peer operator = ground.peer(server);
    operator.join("rover1", token);
    Joined joined = operator.expect(Joined.class);
    others.robot().expect(Opened.class);
    Files.writeString(denyFile, "# lost phone\nleaked\n");
    operator.expectClosed(joined.sessionId(), Code.TOKEN_REVOKED);
    operator.expectRefusal(Code.TOKEN_REVOKED);
    others.robot().expectClosed(joined.sessionId(), Code.TOKEN_REVOKED);
    refusesJoin(token, Code.TOKEN_REVOKED);
    Peer back = ground.peer(server);
    back.resume(joined.sessionId(), joined.resumeKey());
    back.expectRefusal(Code.TOKEN_REVOKED);
  }

  @Test
  void live_session_is_warned_and_ends_with_its_token() {
    Peer operator = ground.peer(server);
    operator.join(
        "rover1", ground.token(Role.DRIVER, "rover1", null, Instant.now().plusSeconds(3)));
    Joined joined = operator.expect(Joined.class);
    assertThat(operator.expect(Expiring.class).seconds()).isBetween(1, 3);
    others.robot().expect(Opened.class);
    operator.expectClosed(joined.sessionId(), Code.TOKEN_EXPIRED);
    operator.expectRefusal(Code.TOKEN_EXPIRED);
    others.robot().expectClosed(joined.sessionId(), Code.TOKEN_EXPIRED);
    Peer back = ground.peer(server);
    back.resume(joined.sessionId(), joined.resumeKey());
    back.expectRefusal(Code.TOKEN_EXPIRED);
  }

  @Test
  void robot_whose_token_expires_is_away() {
    Peer robot = ground.peer(server);
    robot.register(
        "rover2", ground.token(Role.ROBOT, "rover2", null, Instant.now().plusSeconds(3)));
    Peer operator = ground.peer(server);
    operator.join("rover2", ground.token(Role.DRIVER, "rover2"));
    String session = operator.expect(Joined.class).sessionId();
    operator.expectClosed(session, Code.TOKEN_EXPIRED);
    Peer late = ground.peer(server);
    late.join("rover2", ground.token(Role.DRIVER, "rover2"));
    late.expectRefusal(Code.ROBOT_AWAY);
  }

  @Test
  void keys_rotate_without_ending_what_the_older_one_signed() throws Exception {
    String old = ground.token(Role.DRIVER, "rover1");
    server.close().await(10, TimeUnit.SECONDS);
    String line = "newer " + Base64.getEncoder().encodeToString(new byte[32]) + "\n";
    Files.writeString(ground.secretFile(), line, StandardOpenOption.APPEND);
    SignalingServer next = ground.start(ground.closed());
    String fresh = ground.token(Role.ROBOT, "rover1");
    String head =
        new String(
            Base64.getUrlDecoder().decode(fresh.substring(0, fresh.indexOf('.'))),
            StandardCharsets.UTF_8);
    assertThat(head).contains("\"newer\"");
    Peer robot = ground.peer(next);
    robot.register("rover1", fresh, others.session());
    robot.resume(others.session(), others.opened().resumeKey());
    robot.expect(Resumed.class);
    Peer operator = ground.peer(next);
    operator.join("rover1", old);
    operator.expect(Joined.class);
  }

  private SecretKey newest() {
    List<SecretKey> keys = SecretKeys.readOrMake(ground.secretFile()).keys().keys();
    return keys.get(keys.size() - 1);
  }

  private String kid() {
    return newest().id();
  }

  private String key() {
    return newest().base64();
  }

  private byte[] secret() {
    return Base64.getDecoder().decode(key());
  }
}
