package dev.farhand.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.farhand.agent.session.SessionLimits;
import dev.farhand.agent.signaling.AddressWatch;
import dev.farhand.agent.signaling.IceGeneration;
import dev.farhand.agent.webrtc.TestOperator;
import dev.farhand.agent.webrtc.WebRtc;
import dev.farhand.protocol.ChannelMessage;
import dev.farhand.protocol.ChannelMessage.Drive;
import dev.farhand.protocol.ChannelMessage.Piece;
import dev.farhand.protocol.ChannelMessage.Refused;
import dev.farhand.protocol.ChannelMessage.State;
import dev.farhand.protocol.ChannelMessage.Taken;
import dev.farhand.protocol.ChannelMessage.Telemetry;
import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage;
import dev.farhand.protocol.SignalMessage.Candidate;
import dev.farhand.protocol.SignalMessage.Closed;
import dev.farhand.protocol.SignalMessage.Describe;
import dev.farhand.protocol.SignalMessage.Description;
import dev.farhand.protocol.SignalMessage.IceServer;
import dev.farhand.protocol.SignalMessage.Leave;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Register;
import dev.farhand.protocol.SignalMessage.Resume;
import dev.farhand.protocol.SignalMessage.Resumed;
import dev.farhand.protocol.SignalMessage.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An agent at a server, with operators made of real peers. */
@Timeout(60)
class SessionTest {
  private static final WebRtc OPERATORS = WebRtc.start();
  private static final WebRtc ROBOT = WebRtc.start();

  private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
  private final MovingCamera camera = new MovingCamera();
  private final FakeServer server = FakeServer.start();
  private final Agent agent =
      new Agent(TestSettings.of(server.uri(), camera), ROBOT, new Messages());

  @BeforeEach
  void register() throws Exception {
    agent.start();
    assertThat(server.next(Register.class)).isPresent();
  }

  @AfterEach
  void end() throws Exception {
    agent.stop();
    assertThat(agent.ended().get(10, TimeUnit.SECONDS).code()).isEqualTo(ExitCode.OK);
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void a_robot_in_another_network_comes_back_at_once_and_is_joined_anew(AddressWatch.Change change)
      throws Exception {
    try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true)) {
      ann.dial();
      assertThat(ann.awaitOpen()).isTrue();
      // This server answers no probe: by the new way it can't be reached with the old address.
      agent.networkChanged(change);
      Register register = server.next(Register.class).orElseThrow();
      assertThat(register.sessions()).hasSize(1);
      Resume resume = server.next(Resume.class).orElseThrow();
      server.send(
          new Resumed(resume.sessionId(), Role.DRIVER, List.of(), List.of(), resume.resumeKey()));
      Leave leave = server.next(Leave.class).orElseThrow();
      assertThat(leave.sessionId()).isEqualTo(resume.sessionId());
      assertThat(leave.code()).isEqualTo(Code.ROBOT_MOVED);
    }
  }

  @Test
  void an_operator_gets_channels_state_telemetry_and_pictures_that_change() throws Exception {
    try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true)) {
      ann.dial();
      assertThat(ann.awaitOpen()).isTrue();
      assertThat(ann.next(ChannelMessage.COMMAND, State.class)).isPresent();
      assertThat(ann.next(ChannelMessage.TELEMETRY, Telemetry.class)).isPresent();
      Set<Integer> pictures = new HashSet<>();
      while (pictures.size() < 5) {
        pictures.add(ann.nextPicture().orElseThrow());
      }
      ann.send(ChannelMessage.DEFAULT, "{\"data\":\"ping\"}");
      assertThat(next(messages).path("data").asText()).isEqualTo("ping");
      agent.send(JsonNodeFactory.instance.textNode("hello"));
      assertThat(ann.next(ChannelMessage.DEFAULT)).contains("\"hello\"");
    }
  }

  @Test
  void a_description_that_is_rubbish_ends_only_its_own_session() throws Exception {
    try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true)) {
      ann.dial();
      assertThat(ann.awaitOpen()).isTrue();
      server.send(FakeServer.opened("s-rubbish", Role.DRIVER, true));
      server.send(
          new Describe("s-rubbish", 1, new Description(Description.Type.OFFER, "v=0\r\nnonsense")));
      Leave leave = server.next(Leave.class).orElseThrow();
      assertThat(leave.sessionId()).isEqualTo("s-rubbish");
      assertThat(leave.code()).isEqualTo(Code.BAD_DESCRIPTION);
      ann.send(ChannelMessage.DEFAULT, "\"still here\"");
      assertThat(next(messages).asText()).isEqualTo("still here");
    }
  }

  @Test
  void two_operators_at_once_and_one_that_leaves_is_not_missed_by_the_other() throws Exception {
    try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true);
        TestOperator bob = server.join(OPERATORS, Role.VIEWER, true)) {
      ann.dial();
      bob.dial();
      assertThat(ann.awaitOpen()).isTrue();
      assertThat(bob.awaitOpen()).isTrue();
      assertThat(ann.nextPicture()).isPresent();
      server.send(new Closed(bob.sessionId(), Code.OPERATOR_LEFT, "He left."));
      assertThat(bob.awaitChannelClosed()).isTrue();
      ann.send(ChannelMessage.DEFAULT, "\"alone\"");
      assertThat(next(messages).asText()).isEqualTo("alone");
      assertThat(ann.nextPicture()).isPresent();
      assertThat(camera.starts()).isEqualTo(1);
    }
  }

  @Test
  void a_viewers_messages_are_refused_and_go_nowhere() throws Exception {
    try (TestOperator bob = server.join(OPERATORS, Role.VIEWER, true);
        TestOperator ann = server.join(OPERATORS, Role.DRIVER, true)) {
      bob.dial();
      ann.dial();
      assertThat(bob.awaitOpen()).isTrue();
      assertThat(ann.awaitOpen()).isTrue();
      bob.send(ChannelMessage.DEFAULT, "\"forward\"");
      Refused refused = bob.next(ChannelMessage.COMMAND, Refused.class).orElseThrow();
      assertThat(refused.code()).isEqualTo(Code.ROLE_FORBIDDEN);
      ann.send(ChannelMessage.DEFAULT, "\"from a driver\"");
      assertThat(next(messages).asText()).isEqualTo("from a driver");
    }
  }

  @Test
  void ten_thousand_messages_at_once_close_only_that_session() throws Exception {
    try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true);
        TestOperator mallory = server.join(OPERATORS, Role.DRIVER, true)) {
      ann.dial();
      mallory.dial();
      assertThat(ann.awaitOpen()).isTrue();
      assertThat(mallory.awaitOpen()).isTrue();
      mallory.flood(ChannelMessage.CONTROL, "{\"type\":\"stop\",\"id\":1}", 10_000);
      Leave leave = server.next(Leave.class).orElseThrow();
      assertThat(leave.sessionId()).isEqualTo(mallory.sessionId());
      assertThat(leave.code()).isEqualTo(Code.TOO_MANY_MESSAGES);
      assertThat(mallory.awaitChannelClosed()).isTrue();
      ann.send(ChannelMessage.DEFAULT, "\"undisturbed\"");
      assertThat(next(messages).asText()).isEqualTo("undisturbed");
    }
  }

  @ParameterizedTest
  @MethodSource("notForDrivers")
  void what_a_driver_could_not_take_is_refused_before_it(String text, Code code) throws Exception {
    try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true)) {
      ann.dial();
      assertThat(ann.awaitOpen()).isTrue();
      ann.send(ChannelMessage.DEFAULT, text);
      assertThat(ann.next(ChannelMessage.COMMAND, Refused.class).orElseThrow().code())
          .isEqualTo(code);
      String deepest = "[".repeat(12) + "1".repeat(40) + "]".repeat(12);
      ann.send(ChannelMessage.DEFAULT, deepest);
      assertThat(next(messages)).hasToString(deepest);
    }
  }

  static Stream<Arguments> notForDrivers() {
    return Stream.of(
        Arguments.of("[".repeat(13) + "]".repeat(13), Code.BAD_MESSAGE),
        Arguments.of("{\"a\":" + "1".repeat(41) + "}", Code.BAD_MESSAGE),
        Arguments.of("\u0001".repeat(16_385), Code.TOO_LARGE));
  }

  @Test
  void binary_messages_count_as_much_as_texts() throws Exception {
    try (TestOperator mallory = server.join(OPERATORS, Role.VIEWER, true)) {
      mallory.dial();
      assertThat(mallory.awaitOpen()).isTrue();
      // More than the rate allows, fewer than may wait for the loop.
      mallory.floodBinary(ChannelMessage.COMMAND, 500);
      assertThat(server.next(Leave.class).orElseThrow().code()).isEqualTo(Code.TOO_MANY_MESSAGES);
    }
  }

  @Test
  void a_binary_message_is_refused_and_a_text_after_it_still_read() throws Exception {
    try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true)) {
      ann.dial();
      assertThat(ann.awaitOpen()).isTrue();
      ann.floodBinary(ChannelMessage.DEFAULT, 20);
      Refused refused = ann.next(ChannelMessage.COMMAND, Refused.class).orElseThrow();
      assertThat(refused.code()).isEqualTo(Code.BAD_MESSAGE);
      assertThat(refused.reason()).contains("Binary");
      ann.send(ChannelMessage.DEFAULT, "\"text\"");
      assertThat(next(messages).asText()).isEqualTo("text");
      // Not told twenty times: the refusal of what comes after follows soon.
      ann.send(ChannelMessage.COMMAND, "{\"type\":\"reboot\"}");
      int told = 0;
      while (refused.code() == Code.BAD_MESSAGE) {
        told++;
        refused = ann.next(ChannelMessage.COMMAND, Refused.class).orElseThrow();
      }
      assertThat(refused.code()).isEqualTo(Code.UNKNOWN_TYPE);
      assertThat(told).isLessThan(5);
    }
  }

  @Test
  void a_second_channel_named_default_is_refused_and_the_first_goes_on() throws Exception {
    try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true)) {
      ann.dial();
      assertThat(ann.awaitOpen()).isTrue();
      ann.addChannel(ChannelMessage.DEFAULT);
      Refused refused = ann.next(ChannelMessage.COMMAND, Refused.class).orElseThrow();
      assertThat(refused.code()).isEqualTo(Code.BAD_MESSAGE);
      assertThat(refused.reason()).contains("second channel named default");
      ann.send(ChannelMessage.DEFAULT, "\"goes on\"");
      assertThat(next(messages).asText()).isEqualTo("goes on");
    }
  }

  @Test
  void what_cannot_be_refused_to_an_rtcbot_page_is_logged_once() throws Exception {
    BlockingQueue<String> warnings = new LinkedBlockingQueue<>();
    Logger logger = Logger.getLogger("dev.farhand.agent.session.SessionChannels");
    Handler handler = new Warnings(warnings);
    logger.addHandler(handler);
    try (TestOperator page = server.join(OPERATORS, Role.DRIVER, false)) {
      page.dialAsRtcBot();
      assertThat(page.awaitDefaultOpen()).isTrue();
      page.send(ChannelMessage.DEFAULT, "\u0001".repeat(16_385));
      page.floodBinary(ChannelMessage.DEFAULT, 3);
      page.send(ChannelMessage.DEFAULT, "\"goes on\"");
      assertThat(next(messages).asText()).isEqualTo("goes on");
      assertThat(warnings).hasSize(1);
      assertThat(warnings.remove())
          .contains(page.sessionId())
          .contains("too-large")
          .contains("Send it in parts")
          .contains("farhand.command");
    } finally {
      logger.removeHandler(handler);
    }
  }

  @Test
  void a_message_in_pieces_is_handed_on_whole_after_those_that_were_sent_before() throws Exception {
    try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true)) {
      ann.dial();
      assertThat(ann.awaitOpen()).isTrue();
      // The pieces have overtaken what went before them, as may happen when a packet is lost.
      ann.send(ChannelMessage.COMMAND, new Piece(1, false, "{\"map\":["));
      assertThat(ann.next(ChannelMessage.COMMAND, Taken.class)).isPresent();
      ann.send(ChannelMessage.COMMAND, new Piece(1, true, "1,2]}"));
      ann.send(ChannelMessage.COMMAND, new Piece(1, true, "too soon"));
      assertThat(ann.next(ChannelMessage.COMMAND, Refused.class).orElseThrow().code())
          .isEqualTo(Code.UNEXPECTED_MESSAGE);
      assertThat(messages).isEmpty();
      ann.send(ChannelMessage.DEFAULT, "\"before\"");
      assertThat(next(messages).asText()).isEqualTo("before");
      assertThat(next(messages)).hasToString("{\"map\":[1,2]}");
      assertThat(ann.next(ChannelMessage.COMMAND, Taken.class)).isPresent();
    }
  }

  @Test
  void pieces_without_end_are_refused_as_one_message_that_is_too_large() throws Exception {
    try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true)) {
      ann.dial();
      assertThat(ann.awaitOpen()).isTrue();
      for (int i = 0; i < 20; i++) {
        ann.send(ChannelMessage.COMMAND, new Piece(0, false, "x".repeat(8000)));
        assertThat(ann.next(ChannelMessage.COMMAND, Taken.class)).isPresent();
      }
      ann.send(ChannelMessage.COMMAND, new Piece(0, true, ""));
      assertThat(ann.next(ChannelMessage.COMMAND, Refused.class).orElseThrow().code())
          .isEqualTo(Code.TOO_LARGE);
      assertThat(ann.next(ChannelMessage.COMMAND, Taken.class)).isPresent();
      ann.send(ChannelMessage.DEFAULT, "\"goes on\"");
      assertThat(next(messages).asText()).isEqualTo("goes on");
    }
  }

  @Test
  void a_viewers_pieces_are_refused_as_any_message() throws Exception {
    try (TestOperator bob = server.join(OPERATORS, Role.VIEWER, true)) {
      bob.dial();
      assertThat(bob.awaitOpen()).isTrue();
      bob.send(ChannelMessage.COMMAND, new Piece(0, true, "\"forward\""));
      assertThat(bob.next(ChannelMessage.COMMAND, Refused.class).orElseThrow().code())
          .isEqualTo(Code.ROLE_FORBIDDEN);
      assertThat(bob.next(ChannelMessage.COMMAND, Taken.class)).isPresent();
      assertThat(messages).isEmpty();
    }
  }

  @Test
  void a_message_that_is_too_large_closes_the_session() throws Exception {
    try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true)) {
      ann.dial();
      assertThat(ann.awaitOpen()).isTrue();
      ann.send(ChannelMessage.DEFAULT, "x".repeat(100_000));
      assertThat(server.next(Leave.class).orElseThrow().code()).isEqualTo(Code.TOO_LARGE);
    }
  }

  @Test
  void what_is_no_message_is_refused_by_name() throws Exception {
    try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true)) {
      ann.dial();
      assertThat(ann.awaitOpen()).isTrue();
      ann.send(ChannelMessage.COMMAND, "{\"type\":\"reboot\"}");
      assertThat(ann.next(ChannelMessage.COMMAND, Refused.class).orElseThrow().code())
          .isEqualTo(Code.UNKNOWN_TYPE);
      ann.send(ChannelMessage.COMMAND, "rubbish");
      assertThat(ann.next(ChannelMessage.COMMAND, Refused.class).orElseThrow().code())
          .isEqualTo(Code.BAD_MESSAGE);
      // Motion has a channel of its own, where nothing old can arrive.
      ann.send(ChannelMessage.COMMAND, new Drive(1, 1, 1, 1, 0));
      assertThat(ann.next(ChannelMessage.COMMAND, Refused.class).orElseThrow().code())
          .isEqualTo(Code.UNEXPECTED_MESSAGE);
    }
  }

  @Test
  void a_channel_that_nobody_knows_is_closed_and_many_of_them_end_the_session() throws Exception {
    try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true)) {
      ann.dial();
      assertThat(ann.awaitOpen()).isTrue();
      ann.addChannel("chat");
      ann.send(ChannelMessage.DEFAULT, "\"goes on\"");
      assertThat(next(messages).asText()).isEqualTo("goes on");
      for (int i = 0; i < 10; i++) {
        ann.addChannel("chat-" + i);
      }
      assertThat(server.next(Leave.class).orElseThrow().code()).isEqualTo(Code.TOO_MANY_MESSAGES);
    }
  }

  @Test
  void an_operator_that_cannot_trickle_gets_a_complete_answer() throws Exception {
    try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, false)) {
      ann.dial();
      Describe answer = server.next(Describe.class).orElseThrow();
      assertThat(answer.description().sdp()).contains("a=candidate:");
      assertThat(ann.awaitOpen()).isTrue();
      // With new candidates, and then with those that there are.
      ann.restartIce();
      Describe restarted = server.next(Describe.class).orElseThrow();
      assertThat(restarted.description().sdp()).contains("a=candidate:");
      ann.awaitAnswer();
      ann.renegotiate();
      Describe again = server.next(Describe.class).orElseThrow();
      assertThat(again.negotiation()).isEqualTo(3);
      assertThat(again.description().sdp()).contains("a=candidate:");
    }
  }

  /** libwebrtc itself gives such a server 9.5 s; the signaling server gives the robot 10. */
  @Test
  void a_complete_answer_does_not_wait_for_a_stun_server_that_does_not_answer() throws Exception {
    try (DatagramSocket silent = new DatagramSocket()) {
      List<IceServer> servers =
          AddressWatch.ofThisMachine().stream()
              .filter(Inet4Address.class::isInstance)
              .map(address -> "stun:" + address.getHostAddress() + ":" + silent.getLocalPort())
              .map(url -> new IceServer(List.of(url), null, null))
              .toList();
      assertThat(servers).isNotEmpty();
      try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, false, servers)) {
        ann.dial();
        silent.setSoTimeout(10_000);
        silent.receive(new DatagramPacket(new byte[1500], 1500));
        ann.awaitAnswer(7);
        assertThat(ann.awaitOpen()).isTrue();
      }
    }
  }

  @Test
  void each_candidate_bears_the_number_of_its_own_negotiation() throws Exception {
    try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true)) {
      ann.dial();
      for (int restart = 0; restart < 10; restart++) {
        ann.restartIce();
        ann.awaitAnswer();
      }
      assertThat(ann.awaitOpen()).isTrue();
      Map<Integer, IceGeneration> generations = new HashMap<>();
      List<Candidate> candidates = new ArrayList<>();
      while (candidates.stream().filter(last -> last.candidate() == null).count() < 1
          || !generations.containsKey(11)) {
        SignalMessage message = server.next(SignalMessage.class).orElseThrow();
        if (message instanceof Describe answer) {
          generations.put(answer.negotiation(), IceGeneration.of(answer.description()));
        } else if (message instanceof Candidate candidate) {
          candidates.add(candidate);
        }
      }
      assertThat(candidates)
          .filteredOn(candidate -> candidate.candidate() != null)
          .isNotEmpty()
          .allSatisfy(
              candidate ->
                  assertThat(
                          generations
                              .getOrDefault(candidate.negotiation(), new IceGeneration(Set.of()))
                              .owns(Objects.requireNonNull(candidate.candidate())))
                      .isTrue());
    }
  }

  @Test
  void whoever_joins_and_leaves_without_an_offer_costs_no_peer() throws Exception {
    try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true);
        TestOperator bob = server.join(OPERATORS, Role.DRIVER, true)) {
      ann.dial();
      assertThat(ann.awaitOpen()).isTrue();
      long before = ROBOT.peersMade();
      for (int i = 0; i < 100; i++) {
        server.send(FakeServer.opened("s-brief-" + i, Role.VIEWER, true));
        server.send(new Closed("s-brief-" + i, Code.OPERATOR_LEFT, "Gone."));
      }
      bob.dial();
      assertThat(bob.awaitOpen()).isTrue();
      assertThat(ROBOT.peersMade()).isEqualTo(before + 1);
    }
  }

  @Test
  void however_often_a_driver_presses_stop_the_others_are_told_less_often() throws Exception {
    try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true);
        TestOperator bob = server.join(OPERATORS, Role.VIEWER, true)) {
      ann.dial();
      bob.dial();
      assertThat(ann.awaitOpen()).isTrue();
      assertThat(bob.awaitOpen()).isTrue();
      long first = bob.next(ChannelMessage.COMMAND, State.class).orElseThrow().stops();
      long since = System.nanoTime();
      for (int i = 0; i < 190; i++) {
        ann.send(ChannelMessage.COMMAND, "{\"type\":\"stop\",\"id\":" + i + "}");
        // One by one: what comes at once is told at once in any case.
        TimeUnit.MILLISECONDS.sleep(6);
      }
      int told = 0;
      long stops = first;
      while (stops < first + 190) {
        stops = bob.next(ChannelMessage.COMMAND, State.class).orElseThrow().stops();
        told++;
      }
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
      // 30 at once and 30 a second, one after each pause of 50 ms, and what was on its way.
      assertThat((long) told).isLessThanOrEqualTo(30 + millis * 50 / 1000 + 2);
    }
  }

  @Test
  void a_viewer_may_not_go_on_sending_as_a_driver_may() throws Exception {
    try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true);
        TestOperator vic = server.join(OPERATORS, Role.VIEWER, true)) {
      ann.dial();
      vic.dial();
      assertThat(ann.awaitOpen()).isTrue();
      assertThat(vic.awaitOpen()).isTrue();
      ScheduledExecutorService hands = Executors.newSingleThreadScheduledExecutor();
      try {
        Future<?> unused =
            hands.scheduleAtFixedRate(
                () -> {
                  ann.send(ChannelMessage.DEFAULT, "1");
                  vic.send(ChannelMessage.DEFAULT, "1");
                },
                0,
                10,
                TimeUnit.MILLISECONDS);
        Leave leave = server.next(Leave.class).orElseThrow();
        assertThat(leave.sessionId()).isEqualTo(vic.sessionId());
        assertThat(leave.code()).isEqualTo(Code.TOO_MANY_MESSAGES);
      } finally {
        hands.shutdownNow();
      }
      ann.send(ChannelMessage.DEFAULT, "\"undisturbed\"");
      assertThat(
              Await.until(() -> messages.stream().anyMatch(m -> m.asText().equals("undisturbed"))))
          .isTrue();
    }
  }

  @Test
  void viewers_leave_two_places_to_those_who_may_drive() throws Exception {
    fill("s-viewer-", 6, Role.VIEWER);
    server.send(FakeServer.opened("s-seventh", Role.VIEWER, true));
    assertEnded("s-seventh", Code.TOO_MANY_SESSIONS);
    try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true);
        TestOperator bob = server.join(OPERATORS, Role.OWNER, true)) {
      ann.dial();
      bob.dial();
      assertThat(ann.awaitOpen()).isTrue();
      assertThat(bob.awaitOpen()).isTrue();
      server.send(new Closed("s-viewer-0", Code.OPERATOR_LEFT, "Gone."));
      server.send(FakeServer.opened("s-next", Role.VIEWER, true));
      server.send(FakeServer.opened("s-one-more", Role.VIEWER, true));
      assertEnded("s-one-more", Code.TOO_MANY_SESSIONS);
    }
  }

  @Test
  void the_newest_viewer_makes_room_for_a_driver() throws Exception {
    fill("s-driver-", 5, Role.DRIVER);
    try (TestOperator first = server.join(OPERATORS, Role.VIEWER, true);
        TestOperator second = server.join(OPERATORS, Role.VIEWER, true);
        TestOperator third = server.join(OPERATORS, Role.VIEWER, true)) {
      for (TestOperator viewer : List.of(first, second, third)) {
        viewer.dial();
        assertThat(viewer.awaitOpen()).isTrue();
      }
      try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true)) {
        assertEnded(third.sessionId(), Code.TOO_MANY_SESSIONS);
        assertThat(third.awaitChannelClosed()).isTrue();
        ann.dial();
        assertThat(ann.awaitOpen()).isTrue();
        second.send(ChannelMessage.DEFAULT, "\"still here\"");
        assertThat(second.next(ChannelMessage.COMMAND, Refused.class)).isPresent();
      }
    }
  }

  @Test
  void without_viewers_a_driver_ends_a_session_of_the_same_name_that_has_no_path()
      throws Exception {
    try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true)) {
      ann.dial();
      assertThat(ann.awaitOpen()).isTrue();
      server.send(FakeServer.opened("s-bobs", "bob", Role.OWNER));
      fill("s-anns-", 6, Role.DRIVER);
      server.send(FakeServer.opened("s-carols", "carol", Role.OWNER));
      assertEnded("s-carols", Code.TOO_MANY_SESSIONS);
      server.send(FakeServer.opened("s-anns-next", Role.DRIVER, true));
      assertEnded("s-anns-0", Code.TOO_MANY_SESSIONS);
      ann.send(ChannelMessage.DEFAULT, "\"still here\"");
      assertThat(next(messages).asText()).isEqualTo("still here");
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 2", "4, 2", "8, 6"})
  void a_robot_of_few_places_keeps_fewer(int places, int viewers) {
    SessionLimits limits =
        new SessionLimits(places, 200, Duration.ofSeconds(30), Duration.ofSeconds(15), 2000);
    assertThat(limits.viewers()).isEqualTo(viewers);
  }

  private void fill(String prefix, int count, Role role) {
    for (int i = 0; i < count; i++) {
      server.send(FakeServer.opened(prefix + i, role, true));
    }
  }

  private void assertEnded(String sessionId, Code code) throws Exception {
    Leave leave = server.next(Leave.class).orElseThrow();
    assertThat(leave.sessionId()).isEqualTo(sessionId);
    assertThat(leave.code()).isEqualTo(code);
    assertThat(leave.reason()).isEqualTo(code.sentence());
  }

  @Test
  void an_offer_of_an_older_negotiation_is_dropped() throws Exception {
    try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true)) {
      ann.dial();
      assertThat(ann.awaitOpen()).isTrue();
      server.send(
          new Describe(
              ann.sessionId(), 1, new Description(Description.Type.OFFER, "v=0\r\nnonsense")));
      ann.send(ChannelMessage.DEFAULT, "\"goes on\"");
      assertThat(next(messages).asText()).isEqualTo("goes on");
    }
  }

  @Test
  void the_agent_comes_back_resumes_and_the_old_session_restarts_ice() throws Exception {
    try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true)) {
      ann.dial();
      assertThat(ann.awaitOpen()).isTrue();
      server.drop();
      Register register = server.next(Register.class).orElseThrow();
      assertThat(register.sessions()).containsExactly(ann.sessionId());
      Resume resume = server.next(Resume.class).orElseThrow();
      assertThat(resume.resumeKey()).isEqualTo("key-" + ann.sessionId());
      server.send(new Resumed(ann.sessionId(), Role.DRIVER, List.of(), List.of(), "key-fresh"));
      String before = ann.remoteUfrag();
      ann.restartIce();
      assertThat(server.next(Describe.class).orElseThrow().negotiation()).isEqualTo(2);
      ann.awaitAnswer();
      assertThat(ann.remoteUfrag()).isNotEqualTo(before);
      ann.send(ChannelMessage.DEFAULT, "\"after the restart\"");
      assertThat(next(messages).asText()).isEqualTo("after the restart");
      server.drop();
      assertThat(server.next(Resume.class).orElseThrow().resumeKey()).isEqualTo("key-fresh");
    }
  }

  @Test
  void twenty_sessions_leave_no_threads_behind() throws Exception {
    session();
    long before = threads();
    for (int i = 0; i < 20; i++) {
      session();
    }
    // libwebrtc's encoder threads end a moment after their session.
    assertThat(Await.until(() -> threads() <= before + 4)).isTrue();
  }

  private void session() throws Exception {
    try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true)) {
      ann.dial();
      assertThat(ann.awaitOpen()).isTrue();
      server.send(new Closed(ann.sessionId(), Code.OPERATOR_LEFT, "She left."));
      assertThat(ann.awaitChannelClosed()).isTrue();
    }
  }

  /** All of this process's, native ones too. */
  private static long threads() {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
      return tasks.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode next(BlockingQueue<JsonNode> queue) throws InterruptedException {
    JsonNode message = queue.poll(10, TimeUnit.SECONDS);
    assertThat(message).isNotNull();
    return message;
  }

  private static final class Warnings extends Handler {
    private final BlockingQueue<String> texts;

    Warnings(BlockingQueue<String> texts) {
      this.texts = texts;
    }

    @Override
    public void publish(LogRecord entry) {
      if (entry.getLevel().equals(Level.WARNING)) {
        texts.add(new SimpleFormatter().formatMessage(entry));
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private final class Messages implements Agent.Listener {
    @Override
    public void registered() {}

    @Override
    public void message(Operator operator, JsonNode data) {
      messages.add(data);
    }
  }
}
