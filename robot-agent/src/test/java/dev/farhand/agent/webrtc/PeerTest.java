package dev.farhand.agent.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.protocol.SignalMessage.Description;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A peer and the one thread that it is confined to. */
@Timeout(30)
class PeerTest {
  private static final WebRtc webRtc = WebRtc.start();

  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "the-peers-own"));

  @AfterAll
  static void closeWebRtc() {
    webRtc.close();
  }

  @AfterEach
  void end() {
    executor.shutdown();
  }

  @Test
  void an_offer_that_cannot_be_used_is_reported_on_the_peers_own_thread() throws Exception {
    Peer caller = webRtc.newPeer(List.of(), executor, new Peer.Listener() {});
    Peer called = webRtc.newPeer(List.of(), executor, new Peer.Listener() {});
    Description offer =
        on(() -> {
              caller.createChannel("default");
              return caller.offer(false);
            })
            .get(10, TimeUnit.SECONDS);
    Description unprotected =
        new Description(
            offer.type(), offer.sdp().replaceAll("a=(fingerprint|ice-ufrag):[^\r\n]*\r\n", ""));
    List<String> threads = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Throwable failure =
          on(() ->
                  called
                      .answer(unprotected)
                      .handle(
                          (answer, bad) -> {
                            threads.add(Thread.currentThread().getName());
                            return bad;
                          }))
              .get(10, TimeUnit.SECONDS);
      assertThat(failure)
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(BadDescriptionException.class);
    }
    on(() -> {
          caller.close();
          called.close();
          return CompletableFuture.<Void>completedFuture(null);
        })
        .get(10, TimeUnit.SECONDS);
    assertThat(threads).hasSize(50).containsOnly("the-peers-own");
  }

  @Test
  void a_megabyte_that_waits_for_a_slow_executor_is_an_overrun() {
    List<Runnable> later = new ArrayList<>();
    List<Peer.Overrun> overruns = new ArrayList<>();
    Peer peer =
        webRtc.newPeer(
            List.of(),
            later::add,
            new Peer.Listener() {
              @Override
              public void overrun(Peer.Overrun kind) {
                overruns.add(kind);
              }
            });
    for (int i = 0; i < 16; i++) {
      peer.handOverMessage(Peer.MAX_MESSAGE_BYTES, () -> {});
    }
    runAll(later);
    assertThat(overruns).isEmpty();
    for (int i = 0; i < 17; i++) {
      peer.handOverMessage(Peer.MAX_MESSAGE_BYTES, () -> {});
    }
    runAll(later);
    assertThat(overruns).containsExactly(Peer.Overrun.TOO_MANY);
    peer.close();
  }

  private static void runAll(List<Runnable> tasks) {
    List.copyOf(tasks).forEach(Runnable::run);
    tasks.clear();
  }

  private <T> CompletableFuture<T> on(Supplier<CompletableFuture<T>> task) {
    return CompletableFuture.<Void>completedFuture(null)
        .thenComposeAsync(start -> task.get(), executor);
  }
}
