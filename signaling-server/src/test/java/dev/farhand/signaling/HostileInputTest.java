package dev.farhand.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage.Failed;
import dev.farhand.protocol.SignalMessage.Joined;
import dev.farhand.protocol.SignalMessage.Pong;
import dev.farhand.protocol.SignalMessage.Presence;
import dev.farhand.protocol.SignalMessage.Register;
import dev.farhand.signaling.bounds.Limits;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a socket may do wrong costs it the socket, and nobody else anything. */
class HostileInputTest {
  @RegisterExtension final Ground ground = new Ground();
  private final SignalingServer server = ground.start(ground.open());
  private final Pair others = Pair.on(ground, server, "rover1");

  @AfterEach
  void others_notice_nothing() {
    others.exchange();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          not JSON                                                             | bad-message
          []                                                                   | bad-message
          null                                                                 | bad-message
          {}                                                                   | bad-message
          {"type":"pong"} {"type":"pong"}                                      | bad-message
          {"type":"pong","type":"ping"}                                        | bad-message
          {"type":"describe","sessionId":"s","negotiation":1}                  | bad-message
          {"type":"describe","sessionId":"s","negotiation":1,"description":{"type":"offer"} | bad-message
          {"type":"describe","sessionId":"s","sessionId":"t","negotiation":1,"description":{"type":"offer"}} | bad-message
          {"type":"candidate","sessionId":"s","negotiation":99999999999,"candidate":null} | bad-message
          {"type":"candidate","sessionId":"s","negotiation":1}                 | bad-message
          {"type":"dance"}                                                     | unknown-type
          {"type":"leave","sessionId":"s"}                                     | unexpected-message
          {"type":"candidate","sessionId":"s","negotiation":1,"candidate":null} | unexpected-message
          {"type":"join","protocol":1,"robotId":"../etc","wait":false}         | bad-robot-id
          {"type":"join","protocol":2,"robotId":"rover1","wait":false}         | unsupported-protocol
          {"type":"join","protocol":1,"robotId":"rover9","wait":false}         | robot-away
          """)
  void wrong_first_messages_have_their_codes(String text, String code) {
    Peer peer = ground.peer(server);
    peer.sendText(text);
    assertThat(peer.expect(Failed.class).code().wire()).isEqualTo(code);
    assertThat(peer.expectClose()).isEqualTo("1008 " + code);
  }

  @Test
  void deeply_nested_message_is_refused() {
    Peer peer = ground.peer(server);
    peer.sendText("{\"type\":\"candidate\",\"candidate\":" + "[".repeat(30_000));
    peer.expectRefusal(Code.BAD_MESSAGE);
  }

  @Test
  void message_beyond_64_kib_is_too_large() {
    Peer peer = ground.peer(server);
    peer.sendText("x".repeat(64 * 1024 + 1));
    assertThat(peer.expect(Failed.class).code()).isEqualTo(Code.TOO_LARGE);
    assertThat(peer.expectClose()).isEqualTo("1009 too-large");
  }

  @Test
  void message_beyond_64_kib_in_parts_is_too_large() {
    Peer peer = ground.peer(server);
    Buffer part = Buffer.buffer("x".repeat(30_000));
    peer.socket().writeFrame(WebSocketFrame.textFrame(part.toString(), false));
    peer.socket().writeFrame(WebSocketFrame.continuationFrame(part, false));
    peer.socket().writeFrame(WebSocketFrame.continuationFrame(part, false));
    peer.expectRefusal(Code.TOO_LARGE);
  }

  @Test
  void far_larger_message_is_refused_before_it_has_come() throws IOException {
    try (RawPeer peer = new RawPeer(server.port())) {
      peer.begin(0x81, 1L << 40);
      // 1009 in two bytes, as the close frame begins.
      assertThat(peer.readToEnd()).contains("too-large").contains("\u0003\u00f1too-large");
    }
  }

  @Test
  void frame_that_breaks_the_rules_is_refused() throws IOException {
    try (RawPeer peer = new RawPeer(server.port())) {
      // A reserved opcode.
      peer.frame(0x83, new byte[0]);
      assertThat(peer.readToEnd()).contains("bad-message");
    }
  }

  @Test
  void message_in_parts_is_one_message() {
    Peer peer = ground.peer(server);
    peer.socket().writeFrame(WebSocketFrame.textFrame("{\"type\":", false));
    peer.socket().writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer("\"ping\"}"), true));
    peer.expect(Pong.class);
  }

  @Test
  void binary_message_is_refused() {
    Peer peer = ground.peer(server);
    peer.socket().writeBinaryMessage(Buffer.buffer("{\"type\":\"ping\"}"));
    peer.expectRefusal(Code.BAD_MESSAGE);
  }

  @Test
  void ten_thousand_messages_at_once_are_too_many() {
    Peer flooder = ground.peer(server);
    flooder.register("rover2", null);
    for (int i = 0; i < 10_000; i++) {
      flooder.send(new Pong());
      if (i % 1000 == 0) {
        others.exchange();
      }
    }
    flooder.expectRefusal(Code.TOO_MANY_MESSAGES);
  }

  @Test
  void robot_makes_no_offers_and_an_operator_no_answers() {
    Pair pair = Pair.on(ground, server, "rover2");
    pair.robot().offer(pair.session(), 1, "v=0");
    pair.robot().expectRefusal(Code.UNEXPECTED_MESSAGE);
    assertThat(pair.operator().expect(Presence.class).present()).isFalse();
    pair.operator().answer(pair.session(), 1, "v=0");
    pair.operator().expectRefusal(Code.UNEXPECTED_MESSAGE);
  }

  @Test
  void session_of_others_is_no_session() {
    Pair pair = Pair.on(ground, server, "rover2");
    pair.operator().offer(others.session(), 1, "v=0");
    pair.operator().expectClosed(others.session(), Code.NO_SUCH_SESSION);
    pair.robot().answer(others.session(), 1, "v=0");
    pair.robot().expectClosed(others.session(), Code.NO_SUCH_SESSION);
    pair.exchange();
  }

  @Test
  void rubbish_for_a_description_is_relayed_unread() {
    Pair pair = Pair.on(ground, server, "rover2");
    pair.operator().offer(pair.session(), 1, "\u0000 rubbish");
    assertThat(pair.robot().next().toString()).contains("rubbish");
  }

  @Test
  void second_registration_on_one_socket_is_unexpected() {
    Peer robot = ground.peer(server);
    robot.register("rover2", null);
    robot.send(new Register(1, "rover2", null, "i", 0, List.of(), List.of(), List.of()));
    robot.expectRefusal(Code.UNEXPECTED_MESSAGE);
  }

  @Test
  void second_join_on_one_socket_is_unexpected() {
    Pair pair = Pair.on(ground, server, "rover2");
    pair.operator().join("rover2", null);
    pair.operator().expectRefusal(Code.UNEXPECTED_MESSAGE);
  }

  @Test
  void silent_socket_is_closed() throws IOException {
    Settings impatient =
        new SettingsBuilder(ground.open())
            .timings(TestTimings.firstMessage(Duration.ofMillis(100)))
            .build();
    SignalingServer other = ground.start(impatient);
    ground.peer(other).expectRefusal(Code.SILENT);
    try (RawPeer chatterer = new RawPeer(other.port())) {
      // Pings and pongs introduce nobody.
      chatterer.send(new Pong());
      chatterer.frame(0x89, new byte[0]);
      assertThat(chatterer.readToEnd()).contains("silent");
    }
  }

  @Test
  void half_open_socket_is_found_by_its_silence() throws IOException {
    Settings impatient =
        new SettingsBuilder(ground.open())
            .timings(TestTimings.heartbeat(Duration.ofMillis(100), Duration.ofMillis(300)))
            .build();
    SignalingServer other = ground.start(impatient);
    Peer operator = ground.peer(other);
    try (RawPeer robot = new RawPeer(other.port())) {
      robot.send(new Register(1, "rover2", null, "i", 0, List.of(), List.of(), List.of()));
      robot.readUntil("registered");
      operator.join("rover2", null);
      String session = operator.expect(Joined.class).sessionId();
      assertThat(operator.expect(Presence.class)).isEqualTo(new Presence(session, false));
      assertThat(robot.readToEnd()).contains("ping").contains("heartbeat-lost");
    }
    // Whoever answers stays.
    assertThat(operator.isClosed()).isFalse();
  }

  @Test
  void reader_that_never_reads_is_closed_and_holds_no_memory() throws IOException {
    Limits limits = Limits.DEFAULTS;
    Settings fast =
        new SettingsBuilder(ground.open())
            .limits(
                new Limits(
                    limits.messageBytes(),
                    100_000,
                    100_000,
                    limits.sessionsPerRobot(),
                    limits.joinsAtOnce(),
                    limits.waitingPerRobot(),
                    limits.waiting(),
                    limits.socketsPerAddress(),
                    limits.connections(),
                    limits.queuedBytes()))
            .build();
    SignalingServer other = ground.start(fast);
    Peer operator = ground.peer(other);
    try (RawPeer robot = new RawPeer(other.port())) {
      robot.send(new Register(1, "rover2", null, "i", 0, List.of(), List.of(), List.of()));
      robot.readUntil("registered");
      operator.join("rover2", null);
      String session = operator.expect(Joined.class).sessionId();
      String big = "x".repeat(60_000);
      long sent = 0;
      long before = usedHeap();
      while (!operator.hasHeard()) {
        operator.offer(session, 1, big);
        sent += big.length();
        operator.settle();
        // The queue is 1 MiB; the rest is what two kernels' socket buffers take.
        assertThat(sent).isLessThan(64L << 20);
      }
      assertThat(operator.expect(Presence.class)).isEqualTo(new Presence(session, false));
      // Nothing of it was read yet: what is held now is held for the slow reader.
      assertThat(usedHeap() - before).isLessThan(8L * limits.queuedBytes());
      assertThat(robot.readToEnd().getBytes(StandardCharsets.ISO_8859_1)).endsWith(SLOW);
    }
  }

  private static long usedHeap() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  private static final byte[] SLOW = "slow-reader".getBytes(StandardCharsets.US_ASCII);
}
