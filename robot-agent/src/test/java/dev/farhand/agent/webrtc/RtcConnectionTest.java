package dev.farhand.agent.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.farhand.protocol.SignalMessage.Description;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two connections in this process, over real sockets. */
@Timeout(30)
class RtcConnectionTest {
  private static final WebRtc webRtc = WebRtc.start();

  private final RtcConnection browser = RtcConnection.create(webRtc, List.of());
  private final RtcConnection robot = RtcConnection.create(webRtc, List.of());

  @AfterAll
  static void end() {
    webRtc.close();
  }

  @AfterEach
  void close() {
    browser.close();
    robot.close();
  }

  @Test
  void strings_and_objects_arrive_as_they_were_in_both_directions() throws Exception {
    BlockingQueue<JsonNode> atRobot = new LinkedBlockingQueue<>();
    BlockingQueue<JsonNode> atBrowser = new LinkedBlockingQueue<>();
    robot.subscribe(atRobot::add);
    browser.subscribe(atBrowser::add);
    browser.send("sent before it was ready");
    connect();
    browser.send(Map.of("data", "ping"));
    robot.send("5");
    robot.send(List.of(1, 2));

    assertThat(next(atRobot)).isEqualTo(TextNode.valueOf("sent before it was ready"));
    assertThat(next(atRobot).path("data").asText()).isEqualTo("ping");
    assertThat(next(atBrowser)).isEqualTo(TextNode.valueOf("5"));
    assertThat(next(atBrowser)).hasToString("[1,2]");
  }

  @Test
  void many_messages_keep_their_order() throws Exception {
    BlockingQueue<JsonNode> atRobot = new LinkedBlockingQueue<>();
    robot.subscribe(atRobot::add);
    for (int i = 0; i < 300; i++) {
      browser.send(i);
    }
    connect();
    for (int i = 0; i < 300; i++) {
      assertThat(next(atRobot).asInt()).isEqualTo(i);
    }
  }

  @Test
  void an_undone_subscription_hears_nothing_more() throws Exception {
    BlockingQueue<JsonNode> undone = new LinkedBlockingQueue<>();
    BlockingQueue<JsonNode> kept = new LinkedBlockingQueue<>();
    Subscription subscription = robot.subscribe(undone::add);
    robot.subscribe(kept::add);
    connect();
    subscription.close();
    browser.send("hello");
    assertThat(next(kept)).isEqualTo(TextNode.valueOf("hello"));
    assertThat(undone).isEmpty();
  }

  @Test
  void closing_one_side_closes_the_other() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    robot.onClose(closed::countDown);
    connect();
    browser.close();
    assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void it_may_be_closed_from_its_own_callback() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    robot.onClose(closed::countDown);
    robot.subscribe(message -> robot.close());
    connect();
    browser.send("close");
    assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_description_that_is_rubbish_fails_and_says_so() {
    Description rubbish = new Description(Description.Type.OFFER, "v=0\r\nnonsense");
    assertThatThrownBy(() -> robot.localDescription(rubbish).get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(BadDescriptionException.class);
  }

  @Test
  void more_than_16_kib_are_refused() {
    assertThatThrownBy(() -> robot.send("x".repeat(16_384)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("16384");
  }

  private void connect() throws Exception {
    CountDownLatch ready = new CountDownLatch(2);
    browser.onReady(ready::countDown);
    robot.onReady(ready::countDown);
    Description offer = browser.localDescription().get(10, TimeUnit.SECONDS);
    Description answer = robot.localDescription(offer).get(10, TimeUnit.SECONDS);
    browser.remoteDescription(answer).get(10, TimeUnit.SECONDS);
    assertThat(ready.await(10, TimeUnit.SECONDS)).isTrue();
  }

  private static JsonNode next(BlockingQueue<JsonNode> queue) throws InterruptedException {
    JsonNode message = queue.poll(10, TimeUnit.SECONDS);
    assertThat(message).isNotNull();
    return message;
  }
}
