package dev.farhand.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage;
import dev.farhand.protocol.SignalMessage.Failed;
import dev.farhand.protocol.SignalMessage.Joined;
import dev.farhand.protocol.SignalMessage.Leave;
import dev.farhand.protocol.SignalMessage.Opened;
import dev.farhand.protocol.SignalMessage.Pong;
import dev.farhand.protocol.SignalMessage.Role;
import dev.farhand.protocol.SignalMessage.Waiting;
import dev.farhand.signaling.board.Joins;
import dev.farhand.signaling.bounds.Limits;
import dev.farhand.signaling.bounds.Timings;
import io.vertx.core.http.WebSocketConnectOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LimitsTest {
  private static final int SESSIONS = 2;
  private static final int JOINS = 6;
  private static final int WAITING_PER_ROBOT = 2;
  private static final int WAITING = 3;
  private static final int SOCKETS = 8;
  private static final Limits SMALL =
      new Limits(
          Limits.DEFAULTS.messageBytes(),
          Limits.DEFAULTS.messagesPerSecond(),
          Limits.DEFAULTS.robotMessagesPerSecond(),
          SESSIONS,
          JOINS,
          WAITING_PER_ROBOT,
          WAITING,
          SOCKETS,
          Limits.DEFAULTS.connections(),
          Limits.DEFAULTS.queuedBytes());

  @RegisterExtension final Ground ground = new Ground();
  private final Settings small = new SettingsBuilder(ground.open()).limits(SMALL).build();

  @Test
  void robot_serves_so_many_operators_and_a_place_that_is_left_is_free() {
    SignalingServer server = ground.start(small);
    Pair first = Pair.on(ground, server, "rover1");
    Peer second = ground.peer(server);
    second.join("rover1", null);
    String session = second.expect(Joined.class).sessionId();
    Peer third = ground.peer(server);
    third.join("rover1", null);
    third.expectRefusal(Code.TOO_MANY_SESSIONS);
    second.send(new Leave(session, null, null));
    second.settle();
    Peer fourth = ground.peer(server);
    fourth.join("rover1", null);
    fourth.expect(Joined.class);
    assertThat(first.operator().isClosed()).isFalse();
  }

  @Test
  void so_many_wait_for_one_robot_and_for_all() {
    SignalingServer server = ground.start(small);
    Peer first = waiting(server, "rover1");
    waiting(server, "rover1");
    Peer third = ground.peer(server);
    third.join("rover1", null, true);
    third.expectRefusal(Code.TOO_MANY_WAITING);
    waiting(server, "rover2");
    Peer fifth = ground.peer(server);
    fifth.join("rover3", null, true);
    fifth.expectRefusal(Code.TOO_MANY_WAITING);

    // Whoever goes makes room.
    first.close();
    Ground.eventually(
        () -> {
          Peer next = ground.peer(server);
          next.join("rover3", null, true);
          return next.next() instanceof Waiting;
        });
    Peer robot = ground.peer(server);
    robot.register("rover1", null);
    robot.expect(Opened.class);
    waiting(server, "rover4");
  }

  @Test
  void one_invitation_joins_so_often_and_then_again_after_a_while() {
    SignalingServer server =
        ground.start(new SettingsBuilder(ground.closed()).limits(SMALL).build());
    Peer robot = ground.peer(server);
    robot.register("rover1", ground.token(Role.ROBOT, "rover1"));
    String token = ground.token(Role.VIEWER, "rover1", "mallorys", null);
    long begun = System.nanoTime();
    int joins = 0;
    Peer mallory = ground.peer(server);
    mallory.join("rover1", token);
    SignalMessage answer = mallory.next();
    while (answer instanceof Joined joined) {
      joins++;
      mallory.send(new Leave(joined.sessionId(), null, null));
      mallory.join("rover1", token);
      answer = mallory.next();
    }
    long restored = Duration.ofNanos(System.nanoTime() - begun).dividedBy(Joins.EVERY);
    assertThat(joins).isBetween(JOINS, JOINS + (int) restored);
    assertThat(answer).isInstanceOf(Failed.class);
    Failed failed = (Failed) answer;
    assertThat(failed.code()).isEqualTo(Code.TOO_MANY_CONNECTIONS);
    assertThat(failed.reason()).matches(".*Try again in [12] s\\.");

    // Nobody else is kept out by it, even under the same name.
    Peer ann = ground.peer(server);
    ann.join("rover1", ground.token(Role.VIEWER, "rover1", "anns", null));
    ann.expect(Joined.class);
    Ground.eventually(
        () -> {
          Peer again = ground.peer(server);
          again.join("rover1", token);
          return again.next() instanceof Joined;
        });
  }

  @Test
  void tokens_without_a_number_are_counted_by_their_name() {
    SignalingServer server =
        ground.start(new SettingsBuilder(ground.closed()).limits(SMALL).build());
    Peer robot = ground.peer(server);
    robot.register("rover1", ground.token(Role.ROBOT, "rover1"));
    long most = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    boolean refused = false;
    while (!refused) {
      assertThat(System.nanoTime()).isLessThan(most);
      Peer peer = ground.peer(server);
      peer.join("rover1", ground.token(Role.VIEWER, "rover1"));
      SignalMessage answer = peer.next();
      if (answer instanceof Joined joined) {
        peer.send(new Leave(joined.sessionId(), null, null));
        peer.settle();
      } else {
        refused = ((Failed) answer).reason().startsWith("This invitation");
      }
      peer.close();
    }
  }

  @Test
  void open_server_counts_no_joins() {
    SignalingServer server = ground.start(small);
    Peer robot = ground.peer(server);
    robot.register("rover1", null);
    Peer operator = ground.peer(server);
    for (int i = 0; i < 5 * JOINS; i++) {
      operator.join("rover1", null);
      String session = operator.expect(Joined.class).sessionId();
      operator.send(new Leave(session, null, null));
    }
  }

  private Peer waiting(SignalingServer server, String robotId) {
    Peer peer = ground.peer(server);
    peer.join(robotId, null, true);
    peer.expect(Waiting.class);
    return peer;
  }

  @Test
  void wait_ends() {
    SignalingServer server =
        ground.start(
            new SettingsBuilder(ground.open())
                .timings(Timings.DEFAULTS.withWaiting(Duration.ofMillis(100)))
                .build());
    Peer peer = waiting(server, "rover1");
    peer.expectRefusal(Code.WAIT_EXPIRED);
  }

  @Test
  void absent_and_unknown_robots_read_the_same() {
    SignalingServer server = ground.start(small);
    Peer robot = ground.peer(server);
    robot.register("rover1", null);
    robot.close();
    Ground.eventually(
        () -> {
          Peer early = ground.peer(server);
          early.join("rover1", null);
          return early.next() instanceof Failed failed && failed.code() == Code.ROBOT_AWAY;
        });
    for (String robotId : new String[] {"rover1", "never-seen"}) {
      Peer peer = ground.peer(server);
      peer.join(robotId, null);
      peer.expectRefusal(Code.ROBOT_AWAY);
    }
  }

  @Test
  void one_address_has_so_many_sockets() {
    SignalingServer server = ground.start(small);
    Pair others = Pair.on(ground, server, "rover1");
    Peer third = ground.peer(server);
    for (int i = 3; i < SOCKETS; i++) {
      ground.peer(server).settle();
    }
    ground.peer(server).expectRefusal(Code.TOO_MANY_CONNECTIONS);
    others.exchange();
    third.close();
    Ground.eventually(() -> ground.peer(server).isWelcome());
  }

  @Test
  void proxy_that_is_trusted_names_the_address() {
    SignalingServer server =
        ground.start(new SettingsBuilder(ground.closed()).limits(SMALL).trustProxy().build());
    for (int i = 0; i < SOCKETS; i++) {
      ground.peer(server, from("203.0.113." + i + ", 192.0.2.1")).settle();
    }
    ground.peer(server, from("203.0.113.99, 192.0.2.1")).expectRefusal(Code.TOO_MANY_CONNECTIONS);
    ground.peer(server, from("192.0.2.2")).settle();
  }

  @Test
  void proxy_that_is_not_trusted_names_nothing() {
    SignalingServer server =
        ground.start(new SettingsBuilder(ground.closed()).limits(SMALL).build());
    for (int i = 0; i < SOCKETS; i++) {
      ground.peer(server, from("192.0.2." + i)).settle();
    }
    ground.peer(server, from("192.0.2.99")).expectRefusal(Code.TOO_MANY_CONNECTIONS);
  }

  private static WebSocketConnectOptions from(String addresses) {
    return new WebSocketConnectOptions().putHeader("X-Forwarded-For", addresses);
  }

  @Test
  void subscriber_has_one_ipv6_prefix() {
    assertThat(AddressBook.key("2001:db8:1:2:3:4:5:6"))
        .isEqualTo(AddressBook.key("2001:db8:1:2:ffff::1"))
        .isNotEqualTo(AddressBook.key("2001:db8:1:3::1"));
    assertThat(AddressBook.key("::ffff:192.0.2.1")).isEqualTo("192.0.2.1");
  }

  @Test
  void large_messages_count_for_more() {
    SignalingServer server = ground.start(ground.open());
    Pair pair = Pair.on(ground, server, "rover1");
    for (int i = 0; i < 10; i++) {
      pair.operator().offer(pair.session(), 1, "x".repeat(60_000));
    }
    pair.operator().expectRefusal(Code.TOO_MANY_MESSAGES);
  }

  @Test
  void robot_may_send_more_than_an_operator() {
    SignalingServer server = ground.start(ground.open());
    Pair pair = Pair.on(ground, server, "rover1");
    for (int i = 0; i < 600; i++) {
      pair.robot().send(new Pong());
    }
    pair.exchange();
    for (int i = 0; i < 600; i++) {
      pair.operator().send(new Pong());
    }
    pair.operator().expectRefusal(Code.TOO_MANY_MESSAGES);
  }
}
