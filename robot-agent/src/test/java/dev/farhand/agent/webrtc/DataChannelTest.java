package dev.farhand.agent.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Channels besides the default one. */
@Timeout(30)
class DataChannelTest {
  private static final WebRtc webRtc = WebRtc.start();

  private final Pair pair =
      new Pair(webRtc, RtcOptions.DEFAULT.withDefaultChannel(ChannelOptions.UNORDERED));
  private final BlockingQueue<DataChannel> came = new LinkedBlockingQueue<>();

  @AfterAll
  static void end() {
    webRtc.close();
  }

  @AfterEach
  void close() {
    pair.close();
  }

  @Test
  void a_named_channel_reaches_the_other_side_and_speaks_both_ways() throws Exception {
    DataChannel made = pair.offering.addChannel("map");
    made.send("sent before it was ready");
    pair.answering.onChannel(
        channel -> {
          channel.subscribe(message -> channel.send("echo of " + message.asText()));
          came.add(channel);
        });
    Inbox<JsonNode> echoes = made.subscribe();
    pair.connect();
    assertThat(Pair.next(came).name()).isEqualTo("map");
    assertThat(echoes.get().get(10, TimeUnit.SECONDS).asText())
        .isEqualTo("echo of sent before it was ready");
    assertThat(pair.answering.channel("map")).isPresent();
    assertThat(pair.answering.channel("other")).isEmpty();
  }

  @Test
  void channels_may_be_added_later_and_by_the_answering_side() throws Exception {
    pair.connect();
    DataChannel late = pair.answering.addChannel("late", ChannelOptions.UNORDERED);
    late.ready().get(10, TimeUnit.SECONDS);
    pair.offering.onChannel(came::add);
    DataChannel there = Pair.next(came);
    Inbox<JsonNode> inbox = late.subscribe();
    there.ready().get(10, TimeUnit.SECONDS);
    there.send(1);
    assertThat(inbox.get().get(10, TimeUnit.SECONDS).asInt()).isEqualTo(1);
  }

  @Test
  void lossy_channels_carry_messages_too() throws Exception {
    DataChannel lifeTime =
        pair.offering.addChannel("a", ChannelOptions.lossy(Duration.ofMillis(150)));
    DataChannel times = pair.offering.addChannel("b", ChannelOptions.lossy(3));
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    pair.answering.onChannel(channel -> channel.subscribe(message -> heard.add(channel.name())));
    pair.connect();
    lifeTime.send("x");
    assertThat(Pair.next(heard)).isEqualTo("a");
    times.send("x");
    assertThat(Pair.next(heard)).isEqualTo("b");
  }

  @Test
  void options_reach_the_library_as_they_are() {
    assertThat(ChannelOptions.lossy(Duration.ofMillis(150)).nativeForm())
        .returns(150, init -> init.maxPacketLifeTime)
        .returns(-1, init -> init.maxRetransmits)
        .returns(false, init -> init.ordered);
    assertThat(ChannelOptions.lossy(0).nativeForm())
        .returns(0, init -> init.maxRetransmits)
        .returns(-1, init -> init.maxPacketLifeTime);
    assertThat(ChannelOptions.RELIABLE.nativeForm()).returns(true, init -> init.ordered);
    assertThatThrownBy(
            () -> new ChannelOptions(true, Optional.of(Duration.ofMillis(1)), OptionalInt.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not both");
  }

  @Test
  void a_closed_channel_closes_at_the_other_side_alone() throws Exception {
    DataChannel made = pair.offering.addChannel("map");
    pair.answering.onChannel(came::add);
    pair.connect();
    DataChannel there = Pair.next(came);
    made.ready().get(10, TimeUnit.SECONDS);
    made.close();
    there.closed().get(10, TimeUnit.SECONDS);
    assertThatThrownBy(() -> there.send("too late")).isInstanceOf(IllegalStateException.class);
    pair.offering.send("still here");
    assertThat(pair.answering.get().get(10, TimeUnit.SECONDS).asText()).isEqualTo("still here");
    assertThat(pair.offering.channel("map")).isEmpty();
  }

  @Test
  void a_channel_that_cannot_be_made_says_so_and_is_forgotten() throws Exception {
    CompletableFuture<DataChannel> late = new CompletableFuture<>();
    // The connection's thread still takes this, and comes to it when the peer is closed.
    pair.offering.onClose(() -> late.complete(pair.offering.addChannel("late")));
    pair.connect();
    pair.offering.close();
    DataChannel never = late.get(10, TimeUnit.SECONDS);
    assertThatThrownBy(() -> never.ready().get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(RtcException.class)
        .hasMessageContaining("could not be made");
    assertThat(Pair.next(pair.offeringErrors)).hasMessageContaining("could not be made");
    never.closed().get(10, TimeUnit.SECONDS);
    assertThatThrownBy(() -> never.send(1)).isInstanceOf(IllegalStateException.class);
    assertThat(pair.offering.channel("late")).isEmpty();
  }

  @Test
  void default_is_reserved_and_each_name_is_used_once() throws Exception {
    assertThatThrownBy(() -> pair.offering.addChannel("default"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another name");
    pair.offering.addChannel("map");
    assertThatThrownBy(() -> pair.offering.addChannel("map"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("channel(\"map\")");
    pair.connect();
  }
}
