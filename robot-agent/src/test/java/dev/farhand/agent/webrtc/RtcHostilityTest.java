package dev.farhand.agent.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.farhand.protocol.SignalMessage.Description;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes wrong says so in a sentence, and leaves nothing behind. */
@Timeout(40)
class RtcHostilityTest {
  private static final WebRtc webRtc = WebRtc.start();

  private final RtcConnection robot = RtcConnection.create(webRtc, RtcOptions.DEFAULT);
  private final BlockingQueue<Throwable> errors = new LinkedBlockingQueue<>();
  private final RawPeer stranger = new RawPeer(webRtc);

  RtcHostilityTest() {
    robot.onError(errors::add);
  }

  @AfterAll
  static void end() {
    webRtc.close();
  }

  @AfterEach
  void nothing_is_left() throws Exception {
    robot.close();
    stranger.close();
    Threads.awaitNone("rtc-connection");
    Threads.awaitNone("rtc-media");
    Threads.awaitNone("rtc-source");
  }

  @Test
  void bad_json_arrives_as_the_string_that_it_is() throws Exception {
    Channel channel = meet(262_144);
    Inbox<JsonNode> inbox = robot.subscribe();
    for (String text : new String[] {"{\"broken", "", "[1,2] and more", "NaN"}) {
      stranger.send(channel, text);
      assertThat(inbox.get().get(10, TimeUnit.SECONDS)).isEqualTo(TextNode.valueOf(text));
    }
    assertThat(errors).isEmpty();
  }

  @Test
  void a_binary_message_is_dropped_and_told_of_once() throws Exception {
    Channel channel = meet(262_144);
    CompletableFuture<JsonNode> next = robot.get();
    stranger.sendBinary(channel, new byte[] {1, 2, 3});
    stranger.sendBinary(channel, new byte[] {4});
    stranger.send(channel, "\"text\"");
    assertThat(next.get(10, TimeUnit.SECONDS)).isEqualTo(TextNode.valueOf("text"));
    assertThat(Pair.next(errors)).hasMessageContaining("Send JSON or a string");
    assertThat(errors).isEmpty();
  }

  @Test
  void a_megabyte_is_refused_before_it_is_sent() {
    assertThatThrownBy(() -> robot.send("x".repeat(1 << 20)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Send it in parts");
  }

  @Test
  void a_message_that_is_too_large_ends_the_connection_and_says_so() throws Exception {
    Channel channel = meet(262_144);
    stranger.send(channel, "x".repeat(Peer.MAX_MESSAGE_BYTES + 1));
    assertThat(Pair.next(errors))
        .isInstanceOf(RtcException.class)
        .hasMessageContaining("65536 bytes")
        .hasMessageContaining("in parts");
    robot.closed().get(10, TimeUnit.SECONDS);
  }

  @Test
  void more_messages_than_are_read_end_the_connection_and_say_so() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    robot.subscribe(message -> Waiting.on(goOn));
    Channel channel = meet(262_144);
    for (int i = 0; i < 1000; i++) {
      stranger.send(channel, "1");
    }
    goOn.countDown();
    assertThat(Pair.next(errors)).hasMessageContaining("faster");
    robot.closed().get(10, TimeUnit.SECONDS);
  }

  @Test
  void a_second_channel_named_default_is_closed_and_the_first_goes_on() throws Exception {
    Channel channel = stranger.channel("default");
    Channel second = stranger.channel("default");
    CompletableFuture<JsonNode> next = robot.get();
    stranger.accept(robot.localDescription(stranger.offer()).get(10, TimeUnit.SECONDS));
    assertThat(Pair.next(errors)).hasMessageContaining("second channel named default");
    stranger.send(second, "1");
    stranger.send(channel, "2");
    assertThat(next.get(10, TimeUnit.SECONDS)).hasToString("2");
  }

  @Test
  void a_local_description_is_made_once() throws Exception {
    robot.localDescription().get(10, TimeUnit.SECONDS);
    assertThatThrownBy(() -> robot.localDescription().get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("make a new RtcConnection");
  }

  @Test
  void an_answer_is_made_once() throws Exception {
    stranger.channel("default");
    Description offer = stranger.offer();
    robot.localDescription(offer).get(10, TimeUnit.SECONDS);
    for (CompletableFuture<?> again :
        new CompletableFuture<?>[] {
          robot.localDescription(offer), robot.localDescription(), robot.remoteDescription(offer)
        }) {
      assertThatThrownBy(() -> again.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(IllegalStateException.class)
          .hasMessageContaining("make a new RtcConnection");
    }
  }

  @Test
  void a_description_of_the_wrong_type_is_refused_and_the_right_one_still_taken() throws Exception {
    Channel channel = stranger.channel("default");
    Description offer = stranger.offer();
    Description answer = new Description(Description.Type.ANSWER, offer.sdp());
    assertThatThrownBy(() -> robot.localDescription(answer).get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(BadDescriptionException.class)
        .hasMessageContaining("an offer is due");
    assertThatThrownBy(() -> robot.remoteDescription(answer).get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(BadDescriptionException.class)
        .hasMessageContaining("localDescription() first");
    robot.remoteDescription(offer).get(10, TimeUnit.SECONDS);
    assertThatThrownBy(() -> robot.remoteDescription(answer).get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(BadDescriptionException.class)
        .hasMessageContaining("ours is due");
    stranger.accept(robot.localDescription().get(10, TimeUnit.SECONDS));
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void an_offer_is_no_answer_to_an_offer() throws Exception {
    stranger.channel("default");
    Description theirs = stranger.offer();
    robot.localDescription().get(10, TimeUnit.SECONDS);
    for (CompletableFuture<?> wrong :
        new CompletableFuture<?>[] {
          robot.remoteDescription(theirs), robot.localDescription(theirs)
        }) {
      assertThatThrownBy(() -> wrong.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(BadDescriptionException.class)
          .hasMessageContaining("Only one side may offer");
    }
  }

  @Test
  void rubbish_is_refused_and_a_good_offer_still_taken() throws Exception {
    Channel channel = stranger.channel("default");
    Description offer = stranger.offer();
    for (String sdp : new String[] {"v=0\r\nnonsense", "", "{}", offer.sdp().substring(0, 200)}) {
      Description rubbish = new Description(Description.Type.OFFER, sdp);
      assertThatThrownBy(() -> robot.localDescription(rubbish).get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(BadDescriptionException.class)
          .hasMessageContaining("whole and unchanged");
    }
    stranger.accept(robot.localDescription(offer).get(10, TimeUnit.SECONDS));
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void a_rubbish_answer_is_refused_and_a_good_one_still_taken() throws Exception {
    try (RtcConnection other = RtcConnection.create(webRtc, RtcOptions.DEFAULT)) {
      Description offer = robot.localDescription().get(10, TimeUnit.SECONDS);
      Description answer = other.localDescription(offer).get(10, TimeUnit.SECONDS);
      Description rubbish = new Description(Description.Type.ANSWER, "v=0\r\nnonsense");
      assertThatThrownBy(() -> robot.remoteDescription(rubbish).get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(BadDescriptionException.class);
      robot.remoteDescription(answer).get(10, TimeUnit.SECONDS);
      robot.ready().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void a_peer_that_vanishes_before_it_connects_is_given_up_in_time() throws Exception {
    stranger.channel("default");
    Description offer = stranger.offer();
    stranger.close();
    RtcOptions impatient = RtcOptions.DEFAULT.withConnectWithin(Duration.ofSeconds(1));
    RtcConnection waiting = RtcConnection.create(webRtc, impatient);
    waiting.onError(errors::add);
    waiting.localDescription(offer).get(10, TimeUnit.SECONDS);
    assertThat(Pair.next(errors)).hasMessageContaining("1 s").hasMessageContaining("TURN");
    waiting.closed().get(10, TimeUnit.SECONDS);
    assertThatThrownBy(() -> waiting.ready().get(1, TimeUnit.SECONDS))
        .hasCauseInstanceOf(RtcException.class);
  }

  @Test
  void an_offer_that_nobody_answers_is_given_up_in_time() throws Exception {
    RtcOptions impatient = RtcOptions.DEFAULT.withAnswerWithin(Duration.ofMillis(200));
    RtcConnection waiting = RtcConnection.create(webRtc, impatient);
    waiting.onError(errors::add);
    waiting.localDescription().get(10, TimeUnit.SECONDS);
    assertThat(Pair.next(errors)).hasMessageContaining("No answer");
    waiting.closed().get(10, TimeUnit.SECONDS);
  }

  @Test
  void what_is_asked_of_a_closed_connection_fails_at_once() throws Exception {
    CompletableFuture<Description> underWay = robot.localDescription();
    robot.close();
    for (CompletableFuture<?> asked :
        new CompletableFuture<?>[] {underWay, robot.localDescription(), robot.ready()}) {
      assertThatThrownBy(() -> asked.get(10, TimeUnit.SECONDS)).hasMessageContaining("closed");
    }
    assertThatThrownBy(() -> robot.send(1)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> robot.addChannel("late")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> robot.video().addTrack()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void connections_leave_no_threads() throws Exception {
    robot.close();
    connectAndClose();
    long before = nativeThreads();
    for (int i = 0; i < 10; i++) {
      connectAndClose();
    }
    assertThat(nativeThreads()).isLessThanOrEqualTo(before + 2);
  }

  @Test
  void connections_that_bring_no_libwebrtc_share_one_and_leave_no_threads() throws Exception {
    robot.close();
    RtcConnection.create().close();
    Threads.awaitNone("rtc-connection");
    long before = nativeThreads();
    for (int i = 0; i < 20; i++) {
      RtcConnection.create().close();
    }
    Threads.awaitNone("rtc-connection");
    assertThat(nativeThreads()).isLessThanOrEqualTo(before + 2);
  }

  @Test
  void a_program_ends_with_its_main_although_libwebrtc_stays() throws Exception {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ShortProgram.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(program.inputReader().readLine()).isEqualTo(ShortProgram.LAST_WORDS);
      assertThat(program.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(program.exitValue()).isZero();
    } finally {
      program.destroyForcibly();
    }
  }

  private static void connectAndClose() throws Exception {
    try (Pair pair = new Pair(webRtc)) {
      pair.offering.video().subscribe(image -> {});
      pair.answering.video().addTrack();
      pair.offering.audio().addTrack();
      pair.answering.audio().subscribe(frame -> {});
      pair.connect();
    }
    Threads.awaitNone("rtc-connection");
    Threads.awaitNone("rtc-media");
  }

  private static long nativeThreads() throws Exception {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
      return tasks.count();
    }
  }

  /**
   * @param maxMessageSize what the stranger believes that it may send
   */
  private Channel meet(int maxMessageSize) throws Exception {
    Channel channel = stranger.channel("default");
    Description answer = robot.localDescription(stranger.offer()).get(10, TimeUnit.SECONDS);
    stranger.accept(
        new Description(
            answer.type(),
            answer
                .sdp()
                .replaceAll("a=max-message-size:\\d+", "a=max-message-size:" + maxMessageSize)));
    robot.ready().get(10, TimeUnit.SECONDS);
    return channel;
  }
}
