package dev.farhand.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage.Candidate;
import dev.farhand.protocol.SignalMessage.Describe;
import dev.farhand.protocol.SignalMessage.IceServer;
import dev.farhand.protocol.SignalMessage.Joined;
import dev.farhand.protocol.SignalMessage.Leave;
import dev.farhand.protocol.SignalMessage.Media;
import dev.farhand.protocol.SignalMessage.Opened;
import dev.farhand.protocol.SignalMessage.Presence;
import dev.farhand.protocol.SignalMessage.Register;
import dev.farhand.protocol.SignalMessage.Registered;
import dev.farhand.protocol.SignalMessage.Renegotiate;
import dev.farhand.protocol.SignalMessage.Role;
import dev.farhand.protocol.SignalMessage.Waiting;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SessionTest {
  @RegisterExtension final Ground ground = new Ground();
  private final SignalingServer server = ground.start(ground.open());

  @Test
  void operator_joins_and_both_negotiate() {
    Peer robot = ground.peer(server);
    assertThat(robot.register("rover1", null)).isGreaterThan(1_700_000_000_000L);
    Peer operator = ground.peer(server);
    operator.join("rover1", null);

    Joined joined = operator.expect(Joined.class);
    assertThat(joined.media()).isEqualTo(Peer.CAMERA);
    assertThat(joined.role()).isEqualTo(Role.DRIVER);
    assertThat(joined.trickle()).isTrue();
    Opened opened = robot.expect(Opened.class);
    assertThat(opened.sessionId()).isEqualTo(joined.sessionId());
    assertThat(opened.resumeKey()).isNotEqualTo(joined.resumeKey());
    assertThat(opened.operator().name()).startsWith("guest-");

    String session = joined.sessionId();
    operator.offer(session, 1, "offer");
    operator.candidate(session, 1, "a");
    assertThat(robot.expect(Describe.class).description().sdp()).isEqualTo("offer");
    assertThat(robot.expect(Candidate.class).candidate()).isNotNull();
    robot.answer(session, 1, "answer");
    robot.send(new Candidate(session, 1, null));
    assertThat(operator.expect(Describe.class).description().sdp()).isEqualTo("answer");
    assertThat(operator.expect(Candidate.class).candidate()).isNull();
    robot.send(new Renegotiate(session, true, Peer.CAMERA));
    assertThat(operator.expect(Renegotiate.class).restart()).isTrue();
  }

  @Test
  void words_of_older_negotiations_are_dropped() {
    Peer robot = ground.peer(server);
    robot.register("rover1", null);
    Peer operator = ground.peer(server);
    operator.join("rover1", null);
    String session = operator.expect(Joined.class).sessionId();
    robot.expect(Opened.class);

    operator.offer(session, 2, "new");
    operator.candidate(session, 1, "old");
    operator.candidate(session, 2, "new");
    assertThat(robot.expect(Describe.class).negotiation()).isEqualTo(2);
    assertThat(robot.expect(Candidate.class).negotiation()).isEqualTo(2);
    robot.answer(session, 1, "old");
    robot.answer(session, 2, "new");
    assertThat(operator.expect(Describe.class).negotiation()).isEqualTo(2);
  }

  @Test
  void either_side_ends_a_session_and_the_socket_stays() {
    Peer robot = ground.peer(server);
    robot.register("rover1", null);
    Peer operator = ground.peer(server);
    operator.join("rover1", null);
    String first = operator.expect(Joined.class).sessionId();
    robot.expect(Opened.class);
    operator.send(new Leave(first, null, null));
    robot.expectClosed(first, Code.OPERATOR_LEFT);

    operator.join("rover1", null);
    String second = operator.expect(Joined.class).sessionId();
    robot.expect(Opened.class);
    robot.send(new Leave(second, Code.AGENT_RESTARTING, "Back soon."));
    operator.expectClosed(second, Code.AGENT_RESTARTING);
    assertThat(operator.isClosed()).isFalse();
  }

  @Test
  void operator_waits_for_an_absent_robot() {
    Peer operator = ground.peer(server);
    operator.join("rover1", null, true);
    assertThat(operator.expect(Waiting.class).robotId()).isEqualTo("rover1");
    Peer robot = ground.peer(server);
    robot.register("rover1", null);
    String session = operator.expect(Joined.class).sessionId();
    assertThat(robot.expect(Opened.class).sessionId()).isEqualTo(session);
  }

  @Test
  void lost_sockets_end_nothing() {
    Peer robot = ground.peer(server);
    robot.register("rover1", null);
    Peer operator = ground.peer(server);
    operator.join("rover1", null);
    String session = operator.expect(Joined.class).sessionId();
    robot.expect(Opened.class);
    robot.close();
    assertThat(operator.expect(Presence.class)).isEqualTo(new Presence(session, false));
  }

  @Test
  void words_are_relayed_as_they_came() throws Exception {
    try (RawPeer robot = new RawPeer(server.port())) {
      robot.send(new Register(1, "rover1", null, "i", 0, List.of(), List.of(), List.of()));
      robot.readUntil("registered");
      Peer operator = ground.peer(server);
      operator.join("rover1", null);
      String session = operator.expect(Joined.class).sessionId();
      String text =
          "{ \"future\" : [1,{}], \"sessionId\":\""
              + session
              + "\",\"negotiation\":1,\"candidate\":{\"x\":\"\\u00e4\"},\"type\":\"candidate\"}";
      operator.sendText(text);
      robot.readUntil(text);
    }
  }

  @Test
  void operators_that_come_later_hear_what_the_robot_shows_by_then() {
    Pair pair = Pair.on(ground, server, "rover1");
    List<Media> none = List.of();
    pair.robot().send(new Renegotiate(pair.session(), false, none));
    assertThat(pair.operator().expect(Renegotiate.class).media()).isEmpty();
    Peer later = ground.peer(server);
    later.join("rover1", null);
    assertThat(later.expect(Joined.class).media()).isEmpty();
  }

  @Test
  void robot_with_complete_descriptions_says_so() {
    Peer robot = ground.peer(server);
    robot.send(
        new Register(
            1, "rover1", null, "i", 0, List.of(), List.of("complete-descriptions"), List.of()));
    robot.expect(Registered.class);
    Peer operator = ground.peer(server);
    operator.join("rover1", null);
    assertThat(operator.expect(Joined.class).trickle()).isFalse();
  }

  @Test
  void ice_servers_go_to_both_ends() {
    IceServer turn = new IceServer(List.of("turn:turn.example.org"), "ann", "secret");
    SignalingServer other =
        ground.start(new SettingsBuilder(ground.open()).iceServers(turn).build());
    Pair pair = Pair.on(ground, other, "rover1");
    assertThat(pair.joined().iceServers()).containsExactly(turn);
    assertThat(pair.opened().iceServers()).containsExactly(turn);
  }

  @Test
  void sessions_of_one_robot_do_not_touch_each_other() {
    Pair first = Pair.on(ground, server, "rover1");
    Peer second = ground.peer(server);
    second.join("rover1", null);
    String session = second.expect(Joined.class).sessionId();
    first.robot().expect(Opened.class);
    second.close();
    assertThat(first.robot().expect(Presence.class)).isEqualTo(new Presence(session, false));
    first.exchange();
  }
}
