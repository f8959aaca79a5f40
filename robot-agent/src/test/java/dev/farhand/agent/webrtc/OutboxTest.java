package dev.farhand.agent.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What counts as sent. */
@Timeout(30)
class OutboxTest {
  @Test
  void what_waits_is_bounded_by_its_letters_too() {
    Outbox outbox = new Outbox(10);
    assertThat(outbox.add("12345678")).isTrue();
    assertThat(outbox.add("123")).isFalse();
    assertThat(outbox.add("12")).isTrue();
    outbox.fail(new IllegalStateException("closed"));
    assertThat(outbox.add("1234567890")).isTrue();
  }

  @Test
  void a_message_that_a_closing_channel_refuses_does_not_count_as_sent() throws Exception {
    try (WebRtc webRtc = WebRtc.start();
        RawPeer peer = new RawPeer(webRtc);
        RtcConnection other = RtcConnection.create(webRtc, List.of())) {
      Channel channel = peer.channel("default");
      peer.accept(other.localDescription(peer.offer()).get(10, TimeUnit.SECONDS));
      Outbox outbox = new Outbox();
      CompletableFuture<Void> early = new CompletableFuture<>();
      CompletableFuture<Void> late = new CompletableFuture<>();
      peer.run(
          () -> {
            outbox.attach(channel);
            outbox.add("early", early);
            // Its thread hears of the closing only after this task.
            channel.close();
            outbox.add("late", late);
            return outbox;
          });
      assertThat(early).isCompleted();
      assertThat(late).isNotDone();
      peer.run(
          () -> {
            outbox.fail(new IllegalStateException("closed"));
            return outbox;
          });
      assertThat(late).isCompletedExceptionally();
    }
  }
}
