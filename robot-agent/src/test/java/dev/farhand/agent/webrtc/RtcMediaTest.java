package dev.farhand.agent.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farhand.protocol.SignalMessage.Description;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pictures and sound between two connections: what arrives is what was sent. */
@Timeout(30)
class RtcMediaTest {
  private static final WebRtc webRtc = WebRtc.start();

  private final Pair pair = new Pair(webRtc);

  @AfterAll
  static void end() {
    webRtc.close();
  }

  @AfterEach
  void close() {
    pair.close();
  }

  @Test
  void pictures_reach_a_subscriber_of_the_offering_side() throws Exception {
    BlockingQueue<Image> seen = new LinkedBlockingQueue<>();
    pair.offering.video().subscribe(seen::add);
    film(pair.answering.video().addTrack(), Quadrants.image(320, 240));
    pair.connect();
    Quadrants.await(seen);
    assertThat(pair.offeringErrors).isEmpty();
  }

  @Test
  void pictures_reach_a_subscriber_of_the_answering_side() throws Exception {
    BlockingQueue<Image> seen = new LinkedBlockingQueue<>();
    pair.answering.video().subscribe(seen::add);
    film(pair.offering.video().addTrack(), Quadrants.image(320, 240));
    pair.connect();
    Quadrants.await(seen);
  }

  @Test
  void each_of_two_tracks_shows_its_own_picture() throws Exception {
    BlockingQueue<ReceivedTrack<Image>> tracks = new LinkedBlockingQueue<>();
    pair.offering.video().offerToReceive(2);
    pair.offering.video().onTrack(tracks::add);
    film(pair.answering.video().addTrack(), Quadrants.image(320, 240));
    film(pair.answering.video().addTrack(), grey(160, 120));
    pair.connect();
    BlockingQueue<Image> first = new LinkedBlockingQueue<>();
    BlockingQueue<Image> second = new LinkedBlockingQueue<>();
    Pair.next(tracks).subscribe(first::add);
    Pair.next(tracks).subscribe(second::add);
    Quadrants.await(first);
    Image other = Pair.next(second);
    assertThat(Quadrants.shownBy(other)).isFalse();
    assertThat(other.width() * 3).isEqualTo(other.height() * 4);
  }

  @Test
  void a_slow_watcher_holds_up_no_message_and_gets_the_newest_picture() throws Exception {
    CountDownLatch watching = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    BlockingQueue<Long> taken = new LinkedBlockingQueue<>();
    pair.offering
        .video()
        .subscribe(
            image -> {
              taken.add(image.nanos());
              watching.countDown();
              Waiting.on(goOn);
            });
    film(pair.answering.video().addTrack(), Quadrants.image(320, 240));
    pair.connect();
    assertThat(watching.await(10, TimeUnit.SECONDS)).isTrue();
    pair.answering.send("not held up");
    assertThat(pair.offering.get().get(10, TimeUnit.SECONDS).asText()).isEqualTo("not held up");
    List<Long> missed = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      missed.add(pair.offering.video().get().get(10, TimeUnit.SECONDS).nanos());
    }
    goOn.countDown();
    assertThat(Pair.next(taken)).isLessThan(missed.get(0));
    assertThat(Pair.next(taken)).isGreaterThanOrEqualTo(missed.get(3));
  }

  @Test
  void a_tone_arrives_at_its_pitch_in_both_directions_at_once() throws Exception {
    Tones fromOffering = new Tones(440);
    Tones fromAnswering = new Tones(1000);
    BlockingQueue<AudioFrame> atAnswering = new LinkedBlockingQueue<>();
    BlockingQueue<AudioFrame> atOffering = new LinkedBlockingQueue<>();
    pair.answering.audio().subscribe(atAnswering::add);
    pair.offering.audio().subscribe(atOffering::add);
    Subscription one = pair.offering.audio().sendFromBlocking(fromOffering::next);
    Subscription two = pair.answering.audio().sendFromBlocking(fromAnswering::next);
    pair.connect();
    Tones.await(atAnswering, 440, 1000);
    Tones.await(atOffering, 1000, 440);
    one.close();
    two.close();
  }

  @Test
  void a_sound_is_heard_again_after_another_connections_sound_has_ended() throws Exception {
    Tones tone = new Tones(440);
    BlockingQueue<AudioFrame> heard = new LinkedBlockingQueue<>();
    pair.answering.audio().subscribe(heard::add);
    pair.offering.audio().sendFromBlocking(tone::next);
    pair.connect();
    try (Pair other = new Pair(webRtc)) {
      BlockingQueue<AudioFrame> otherHeard = new LinkedBlockingQueue<>();
      other.answering.audio().subscribe(otherHeard::add);
      other.offering.audio().sendFromBlocking(new Tones(1000)::next);
      other.connect();
      Tones.await(otherHeard, 1000, 440);
      Tones.await(heard, 440, 1000);
    }
    heard.clear();
    Tones.await(heard, 440, 1000);
  }

  @Test
  void stereo_and_odd_lengths_are_taken() throws Exception {
    BlockingQueue<AudioFrame> heard = new LinkedBlockingQueue<>();
    pair.answering.audio().subscribe(heard::add);
    Tones tone = new Tones(440);
    pair.offering.audio().sendFromBlocking(() -> stereo(tone.next(700)));
    pair.connect();
    Tones.await(heard, 440, 1000);
  }

  @Test
  void frames_are_taken_from_anything_that_has_a_get() throws Exception {
    BlockingQueue<Image> seen = new LinkedBlockingQueue<>();
    pair.offering.video().subscribe(seen::add);
    Image picture = Quadrants.image(320, 240);
    AtomicInteger asked = new AtomicInteger();
    pair.answering
        .video()
        .sendFrom(
            () -> {
              asked.incrementAndGet();
              return new CompletableFuture<Image>()
                  .completeOnTimeout(picture, 33, TimeUnit.MILLISECONDS);
            });
    pair.connect();
    Quadrants.await(seen);
    assertThat(asked.get()).isGreaterThan(1);
  }

  @Test
  void first_frames_from_several_threads_make_one_track() throws Exception {
    for (int round = 0; round < 10; round++) {
      try (RtcConnection connection = RtcConnection.create(webRtc, RtcOptions.DEFAULT)) {
        atOnce(8, () -> connection.video().send(grey(160, 120)));
        Description offer = connection.localDescription().get(10, TimeUnit.SECONDS);
        assertThat(videos(offer)).isEqualTo(1);
      }
    }
  }

  @Test
  void a_track_after_the_description_was_asked_for_is_refused_at_once() throws Exception {
    CompletableFuture<Description> offer = pair.offering.localDescription();
    assertThatThrownBy(() -> pair.offering.video().addTrack())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("before localDescription");
    assertThat(videos(offer.get(10, TimeUnit.SECONDS))).isZero();
  }

  @Test
  void each_track_is_offered_or_refused_whichever_thread_comes_first() throws Exception {
    AtomicInteger refused = new AtomicInteger();
    CompletableFuture<Description> offer = new CompletableFuture<>();
    int threads = 8;
    AtomicInteger number = new AtomicInteger();
    atOnce(
        threads + 1,
        () -> {
          if (number.getAndIncrement() == threads / 2) {
            var unused = pair.offering.localDescription().thenAccept(offer::complete);
            return;
          }
          try {
            pair.offering.video().addTrack();
          } catch (IllegalStateException late) {
            refused.incrementAndGet();
          }
        });
    int offered = videos(offer.get(10, TimeUnit.SECONDS));
    for (int told = refused.get(); offered + told < threads; told++) {
      assertThat(Pair.next(pair.offeringErrors)).hasMessageContaining("before localDescription");
    }
    assertThat(pair.offeringErrors).isEmpty();
  }

  @Test
  void tracks_may_be_added_after_an_offer_that_was_none() throws Exception {
    Description none = new Description(Description.Type.OFFER, "v=0\r\nnonsense");
    assertThatThrownBy(() -> pair.answering.localDescription(none).get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(BadDescriptionException.class);
    BlockingQueue<Image> seen = new LinkedBlockingQueue<>();
    pair.offering.video().subscribe(seen::add);
    film(pair.answering.video().addTrack(), Quadrants.image(320, 240));
    pair.connect();
    Quadrants.await(seen);
  }

  /** Runs it on so many threads, as nearly at once as they come. */
  private static void atOnce(int threads, Runnable task) throws Exception {
    CyclicBarrier start = new CyclicBarrier(threads);
    List<Thread> started = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  start.await(10, TimeUnit.SECONDS);
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
                task.run();
              });
      started.add(thread);
      thread.start();
    }
    for (Thread thread : started) {
      thread.join(10_000);
    }
  }

  private static int videos(Description description) {
    return description.sdp().split("m=video ", -1).length - 1;
  }

  @Test
  void tracks_after_the_descriptions_are_refused() throws Exception {
    pair.connect();
    assertThatThrownBy(() -> pair.offering.video().send(grey(160, 120)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("before localDescription");
    assertThatThrownBy(() -> pair.answering.audio().offerToReceive(1))
        .isInstanceOf(IllegalStateException.class);
  }

  private static void film(SentTrack<Image> track, Image picture) {
    var unused =
        track.sendFromBlocking(
            () -> {
              TimeUnit.MILLISECONDS.sleep(33);
              return picture;
            });
  }

  private static AudioFrame stereo(AudioFrame mono) {
    ShortBuffer samples = mono.samples();
    ShortBuffer both = ShortBuffer.allocate(2 * samples.remaining());
    while (samples.hasRemaining()) {
      short sample = samples.get();
      both.put(sample).put(sample);
    }
    return new AudioFrame(2, both.flip());
  }

  private static Image grey(int width, int height) {
    byte[] bytes = new byte[Image.bytes(width, height)];
    Arrays.fill(bytes, (byte) 128);
    return new Image(width, height, ByteBuffer.wrap(bytes), 0);
  }
}
