package dev.farhand.agent.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of frames while the connection's thread is held up. */
@Timeout(20)
class SentTrackTest {
  private final RtcLoop loop =
      new RtcLoop(
          failure -> {
            throw new AssertionError(failure);
          });
  private final List<Integer> shown = new ArrayList<>();

  @AfterEach
  void shutdown() {
    loop.shutdown();
  }

  @Test
  void of_pictures_the_newest_is_shown() throws Exception {
    assertThat(shownOf(100, 1)).containsExactly(99);
  }

  @Test
  void of_sounds_the_last_half_second_is_played_in_order() throws Exception {
    int half = RemoteAudio.MAX_WAITING;
    assertThat(shownOf(100, half))
        .containsExactlyElementsOf(IntStream.range(100 - half, 100).boxed().toList());
  }

  /** What is shown of so many frames that were all sent while the thread was busy. */
  private List<Integer> shownOf(int frames, int capacity) throws Exception {
    SentTrack<Integer> track = new SentTrack<>(loop, new LifeCycle(loop), capacity);
    CountDownLatch busy = new CountDownLatch(1);
    loop.execute(() -> track.attach(shown::add));
    loop.execute(() -> Waiting.on(busy));
    for (int i = 0; i < frames; i++) {
      track.send(i);
    }
    busy.countDown();
    CompletableFuture<List<Integer>> seen = new CompletableFuture<>();
    loop.execute(() -> seen.complete(List.copyOf(shown)));
    return seen.get(10, TimeUnit.SECONDS);
  }
}
