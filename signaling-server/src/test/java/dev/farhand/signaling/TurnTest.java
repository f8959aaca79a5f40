package dev.farhand.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.protocol.SignalMessage.IceServer;
import dev.farhand.protocol.SignalMessage.Refresh;
import dev.farhand.protocol.SignalMessage.Resumed;
import dev.farhand.signaling.ice.Turn;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What sessions are told of a TURN server that shares a secret with this one. */
class TurnTest {
  private static final String SECRET = "north-wind-0123456789";
  private static final Duration LIFETIME = Duration.ofMinutes(10);
  private static final List<String> URLS =
      List.of("turn:turn.example.org:3478?transport=udp", "turns:turn.example.org:5349");

  @RegisterExtension final Ground ground = new Ground();
  private final TestClock clock = new TestClock();
  private final SignalingServer server =
      ground.start(
          new SettingsBuilder(ground.open())
              .iceServers(new IceServer(List.of("stun:turn.example.org:3478"), null, null))
              .turn(new Turn(URLS, SECRET, LIFETIME))
              .timings(TestTimings.recheck(Duration.ofMillis(20)))
              .build(),
          clock);
  private final Pair pair = Pair.on(ground, server, "rover1");

  @Test
  void both_ends_get_a_credential_of_their_own_that_runs_out() {
    List<IceServer> operator = pair.joined().iceServers();
    List<IceServer> robot = pair.opened().iceServers();
    assertThat(operator).hasSize(2);
    assertThat(operator.get(0).urls()).containsExactly("stun:turn.example.org:3478");
    isFresh(operator.get(1), "operator");
    isFresh(robot.get(1), "robot");
  }

  @Test
  void a_long_session_gets_new_ones_in_time_and_not_before() {
    clock.forward(LIFETIME.dividedBy(2).minusMinutes(1));
    pair.operator().settle();
    assertThat(pair.operator().hasHeard()).isFalse();
    for (int round = 0; round < 2; round++) {
      clock.forward(LIFETIME.dividedBy(2));
      Refresh operator = pair.operator().expect(Refresh.class);
      Refresh robot = pair.robot().expect(Refresh.class);
      assertThat(operator.sessionId()).isEqualTo(pair.session());
      assertThat(operator.iceServers()).hasSize(2);
      isFresh(operator.iceServers().get(1), "operator");
      isFresh(robot.iceServers().get(1), "robot");
      pair.exchange();
    }
  }

  @Test
  void who_comes_back_gets_new_ones() {
    clock.forward(Duration.ofMinutes(3));
    pair.operator().close();
    Peer again = ground.peer(server);
    again.resume(pair.session(), pair.joined().resumeKey());
    isFresh(again.expect(Resumed.class).iceServers().get(1), "operator");
  }

  private void isFresh(IceServer turn, String side) {
    assertThat(turn.urls()).isEqualTo(URLS);
    String user = String.valueOf(turn.username());
    assertThat(user).endsWith(":" + pair.session() + "." + side);
    Instant end = Instant.ofEpochSecond(Long.parseLong(user.substring(0, user.indexOf(':'))));
    Instant latest = clock.instant().plus(LIFETIME);
    assertThat(end).isBetween(latest.minusSeconds(30), latest);
    assertThat(turn.credential()).isEqualTo(hmac(user));
  }

  private static String hmac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
