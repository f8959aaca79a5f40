package dev.farhand.agent.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.protocol.SignalMessage.IceCandidate;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the offering side sees and hears. */
@Timeout(30)
class PeerMediaTest {
  private static final WebRtc webRtc = WebRtc.start();

  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final Side operator = new Side();
  private final Side robot = new Side();

  @AfterAll
  static void closeWebRtc() {
    webRtc.close();
  }

  @AfterEach
  void end() throws Exception {
    on(() -> {
          operator.peer.close();
          robot.peer.close();
          return CompletableFuture.<Void>completedFuture(null);
        })
        .get(10, TimeUnit.SECONDS);
    thread.shutdown();
  }

  @Test
  void a_picture_arrives_as_it_was_sent() throws Exception {
    on(() -> {
          operator.peer.receiveVideo(webRtc);
          robot.peer.sendVideo(webRtc);
          return negotiate();
        })
        .get(10, TimeUnit.SECONDS);
    RemoteTrack track = operator.tracks.poll(10, TimeUnit.SECONDS);
    assertThat(track).isInstanceOf(RemoteVideo.class);
    BlockingQueue<Image> images = new LinkedBlockingQueue<>();
    thread.execute(() -> ((RemoteVideo) track).watch(images::add));
    Image quadrants = Quadrants.image(320, 240);
    ScheduledFuture<?> unused =
        thread.scheduleAtFixedRate(() -> push(quadrants), 0, 33, TimeUnit.MILLISECONDS);
    Quadrants.await(images);
  }

  @Test
  void two_videos_and_a_sound_may_be_asked_for_and_only_what_is_sent_comes() throws Exception {
    on(() -> {
          operator.peer.receiveVideo(webRtc);
          operator.peer.receiveVideo(webRtc);
          operator.peer.receiveAudio(webRtc);
          robot.peer.sendVideo(webRtc);
          return negotiate();
        })
        .get(10, TimeUnit.SECONDS);
    assertThat(operator.tracks.poll(10, TimeUnit.SECONDS)).isInstanceOf(RemoteVideo.class);
    assertThat(on(() -> CompletableFuture.completedFuture(operator.tracks.size())).get()).isZero();
    assertThat(robot.tracks).isEmpty();
  }

  private static void push(Image image) {
    ByteBuffer bytes = image.i420();
    int luma = image.width() * image.height();
    webRtc.push(
        image.width(),
        image.height(),
        bytes.slice(0, luma),
        bytes.slice(luma, luma / 4),
        bytes.slice(luma + luma / 4, luma / 4),
        System.nanoTime());
  }

  private CompletableFuture<Void> negotiate() {
    operator.peer.createChannel("default");
    return operator
        .peer
        .offer(false)
        .thenCompose(offer -> robot.peer.answer(offer))
        .thenCompose(answer -> operator.peer.accept(answer))
        .thenRun(
            () -> {
              operator.meet(robot);
              robot.meet(operator);
            });
  }

  private <T> CompletableFuture<T> on(Supplier<CompletableFuture<T>> task) {
    return CompletableFuture.<Void>completedFuture(null)
        .thenComposeAsync(start -> task.get(), thread);
  }

  /** A peer that passes its candidates to the other one. */
  private final class Side implements Peer.Listener {
    private final BlockingQueue<RemoteTrack> tracks = new LinkedBlockingQueue<>();
    private final List<IceCandidate> early = new ArrayList<>();
    private final Peer peer = webRtc.newPeer(List.of(), thread, this);
    private Optional<Peer> other = Optional.empty();

    void meet(Side side) {
      other = Optional.of(side.peer);
      early.forEach(side.peer::addCandidate);
    }

    @Override
    public void candidate(Optional<IceCandidate> candidate) {
      candidate.ifPresent(
          ours -> other.ifPresentOrElse(peer -> peer.addCandidate(ours), () -> early.add(ours)));
    }

    @Override
    public void track(RemoteTrack track) {
      tracks.add(track);
    }
  }
}
