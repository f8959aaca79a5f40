package dev.farhand.agent.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.farhand.protocol.SignalMessage.Description;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages between two connections, and their life from ready to closed. */
@Timeout(30)
class RtcConnectionTest {
  private static final WebRtc webRtc = WebRtc.start();

  private final Pair pair = new Pair(webRtc);
  private final RtcConnection browser = pair.offering;
  private final RtcConnection robot = pair.answering;

  @AfterAll
  static void end() {
    webRtc.close();
  }

  @AfterEach
  void close() {
    pair.close();
  }

  @Test
  void strings_and_objects_arrive_as_they_were_in_both_directions() throws Exception {
    BlockingQueue<JsonNode> atRobot = new LinkedBlockingQueue<>();
    BlockingQueue<JsonNode> atBrowser = new LinkedBlockingQueue<>();
    robot.subscribe(atRobot::add);
    browser.subscribe(atBrowser::add);
    browser.send("sent before it was ready");
    pair.connect();
    browser.send(Map.of("data", "ping"));
    robot.send("5");
    robot.send(List.of(1, 2));

    assertThat(Pair.next(atRobot)).isEqualTo(TextNode.valueOf("sent before it was ready"));
    assertThat(Pair.next(atRobot).path("data").asText()).isEqualTo("ping");
    assertThat(Pair.next(atBrowser)).isEqualTo(TextNode.valueOf("5"));
    assertThat(Pair.next(atBrowser)).hasToString("[1,2]");
  }

  @Test
  void an_offer_that_was_given_first_is_answered_without_argument() throws Exception {
    Description offer = browser.localDescription().get(10, TimeUnit.SECONDS);
    robot.remoteDescription(offer).get(10, TimeUnit.SECONDS);
    Description answer = robot.localDescription().get(10, TimeUnit.SECONDS);
    assertThat(answer.type()).isEqualTo(Description.Type.ANSWER);
    browser.remoteDescription(answer).get(10, TimeUnit.SECONDS);
    robot.ready().get(10, TimeUnit.SECONDS);
  }

  @Test
  void descriptions_are_complete_and_say_how_large_a_message_may_be() throws Exception {
    Description offer = browser.localDescription().get(10, TimeUnit.SECONDS);
    assertThat(offer.sdp())
        .contains("a=candidate:")
        .contains("a=max-message-size:" + Peer.MAX_MESSAGE_BYTES);
  }

  @Test
  void many_messages_keep_their_order() throws Exception {
    BlockingQueue<JsonNode> atRobot = new LinkedBlockingQueue<>();
    robot.subscribe(atRobot::add);
    for (int i = 0; i < 300; i++) {
      browser.send(i);
    }
    pair.connect();
    for (int i = 0; i < 300; i++) {
      assertThat(Pair.next(atRobot).asInt()).isEqualTo(i);
    }
  }

  @Test
  void an_undone_subscription_hears_nothing_more() throws Exception {
    BlockingQueue<JsonNode> undone = new LinkedBlockingQueue<>();
    BlockingQueue<JsonNode> kept = new LinkedBlockingQueue<>();
    Subscription subscription = robot.subscribe(undone::add);
    robot.subscribe(kept::add);
    pair.connect();
    subscription.close();
    browser.send("hello");
    assertThat(Pair.next(kept)).isEqualTo(TextNode.valueOf("hello"));
    assertThat(undone).isEmpty();
  }

  @Test
  void each_inbox_has_every_message_and_get_one_after_the_other() throws Exception {
    Inbox<JsonNode> one = robot.subscribe();
    Inbox<JsonNode> other = robot.subscribe();
    CompletableFuture<JsonNode> next = robot.get();
    pair.connect();
    browser.send("a");
    browser.send("b");
    assertThat(next.get(10, TimeUnit.SECONDS).asText()).isEqualTo("a");
    assertThat(robot.get().get(10, TimeUnit.SECONDS).asText()).isEqualTo("b");
    for (Inbox<JsonNode> inbox : List.of(one, other)) {
      assertThat(inbox.get().get(10, TimeUnit.SECONDS).asText()).isEqualTo("a");
      assertThat(inbox.get().get(10, TimeUnit.SECONDS).asText()).isEqualTo("b");
    }
    CompletableFuture<JsonNode> never = other.get();
    robot.close();
    assertThatThrownBy(() -> never.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(RtcException.class);
    assertThatThrownBy(() -> robot.get().get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(RtcException.class);
  }

  @Test
  void an_inbox_that_is_not_emptied_drops_the_oldest() throws Exception {
    Inbox<JsonNode> inbox = robot.subscribe();
    pair.connect();
    int tooMany = DataChannel.INBOX_MESSAGES + 10;
    BlockingQueue<JsonNode> all = new LinkedBlockingQueue<>();
    robot.subscribe(all::add);
    Iterator<Integer> numbers = IntStream.range(0, tooMany).iterator();
    browser.sendFromBlocking(() -> numbers.hasNext() ? numbers.next() : null);
    for (int i = 0; i < tooMany; i++) {
      Pair.next(all);
    }
    assertThat(inbox.dropped()).isEqualTo(10);
    assertThat(inbox.get().get(10, TimeUnit.SECONDS).asInt()).isEqualTo(10);
  }

  @Test
  void what_a_source_gives_is_sent_until_it_gives_null() throws Exception {
    Iterator<String> words = List.of("one", "two", "three").iterator();
    Inbox<JsonNode> inbox = robot.subscribe();
    browser.sendFrom(
        () -> CompletableFuture.completedFuture(words.hasNext() ? words.next() : null));
    pair.connect();
    for (String word : List.of("one", "two", "three")) {
      assertThat(inbox.get().get(10, TimeUnit.SECONDS).asText()).isEqualTo(word);
    }
    browser.send("then others");
    assertThat(inbox.get().get(10, TimeUnit.SECONDS).asText()).isEqualTo("then others");
  }

  @Test
  void a_blocking_source_is_left_when_it_is_undone() throws Exception {
    BlockingQueue<String> words = new LinkedBlockingQueue<>();
    Inbox<JsonNode> inbox = robot.subscribe();
    Subscription source = browser.sendFromBlocking(words::take);
    pair.connect();
    words.add("taken");
    assertThat(inbox.get().get(10, TimeUnit.SECONDS).asText()).isEqualTo("taken");
    source.close();
    Threads.awaitNone("rtc-source");
    words.add("left");
    browser.send("not from the source");
    assertThat(inbox.get().get(10, TimeUnit.SECONDS).asText()).isEqualTo("not from the source");
  }

  @Test
  void a_source_that_fails_is_reported_and_left() throws Exception {
    browser.sendFromBlocking(
        () -> {
          throw new IllegalStateException("the sensor is gone");
        });
    assertThat(Pair.next(pair.offeringErrors))
        .isInstanceOf(RtcException.class)
        .hasRootCauseMessage("the sensor is gone");
    Threads.awaitNone("rtc-source");
  }

  @Test
  void what_one_connection_receives_another_may_send() throws Exception {
    try (Pair relay = new Pair(webRtc)) {
      relay.offering.sendFrom(robot::get);
      pair.connect();
      relay.connect();
      CompletableFuture<JsonNode> relayed = relay.answering.get();
      browser.send(Map.of("left", 1));
      assertThat(relayed.get(10, TimeUnit.SECONDS)).hasToString("{\"left\":1}");
    }
  }

  @Test
  void a_relay_loses_no_message_and_keeps_their_order() throws Exception {
    try (Pair relay = new Pair(webRtc)) {
      relay.offering.sendFrom(robot::get);
      BlockingQueue<JsonNode> relayed = new LinkedBlockingQueue<>();
      relay.answering.subscribe(relayed::add);
      pair.connect();
      relay.connect();
      for (int i = 0; i < 100; i++) {
        browser.send(i);
      }
      for (int i = 0; i < 100; i++) {
        assertThat(Pair.next(relayed).asInt()).isEqualTo(i);
      }
    }
  }

  @Test
  void what_was_not_asked_for_before_the_end_may_still_be_taken() throws Exception {
    CompletableFuture<JsonNode> first = robot.get();
    BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
    robot.subscribe(heard::add);
    pair.connect();
    browser.send(1);
    browser.send(2);
    Pair.next(heard);
    Pair.next(heard);
    robot.close();
    assertThat(first.get(10, TimeUnit.SECONDS).asInt()).isEqualTo(1);
    assertThat(robot.get().get(10, TimeUnit.SECONDS).asInt()).isEqualTo(2);
    assertThatThrownBy(() -> robot.get().get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(RtcException.class);
  }

  @Test
  void callbacks_that_come_late_still_run_and_those_that_throw_harm_nobody() throws Exception {
    robot.subscribe(
        message -> {
          throw new IllegalStateException("of the program's own");
        });
    BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
    robot.subscribe(heard::add);
    pair.connect();
    browser.send("to both");
    Pair.next(heard);
    assertThat(Pair.next(pair.answeringErrors)).hasRootCauseMessage("of the program's own");
    CountDownLatch late = new CountDownLatch(4);
    robot.onReady(
        () -> {
          late.countDown();
          throw new AssertionError("also of the program's own");
        });
    robot.onReady(late::countDown);
    assertThat(Pair.next(pair.answeringErrors)).hasRootCauseMessage("also of the program's own");
    robot.close();
    robot.onClose(late::countDown);
    robot.onError(error -> late.countDown());
    assertThat(late.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void closing_one_side_closes_the_other() throws Exception {
    pair.connect();
    browser.close();
    robot.closed().get(10, TimeUnit.SECONDS);
    assertThatThrownBy(() -> robot.send("too late"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void it_may_be_closed_from_its_own_callback_and_again() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    robot.onClose(closed::countDown);
    robot.subscribe(
        message -> {
          robot.close();
          robot.close();
        });
    pair.connect();
    browser.send("close");
    assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    robot.close();
  }
}
