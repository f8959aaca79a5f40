package dev.farhand.agent.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.protocol.SignalMessage.IceCandidate;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One camera to two operators, and what each is sent of it. */
@Timeout(60)
class CameraSenderTest {
  private static final WebRtc webRtc = WebRtc.start();
  private static final Image PICTURE = Quadrants.image(640, 480);

  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger pushed = new AtomicInteger();
  private final Pairing ann = new Pairing();
  private final Pairing bob = new Pairing();

  @AfterAll
  static void closeWebRtc() {
    webRtc.close();
  }

  @BeforeEach
  void connect() throws Exception {
    on(ann::connect);
    on(bob::connect);
    var unused = thread.scheduleAtFixedRate(this::push, 0, 20, TimeUnit.MILLISECONDS);
  }

  @AfterEach
  void end() throws Exception {
    on(
        () -> {
          ann.close();
          bob.close();
          return CompletableFuture.<Void>completedFuture(null);
        });
    thread.shutdownNow();
  }

  @Test
  void a_smaller_size_is_what_one_operator_gets_and_the_other_not() throws Exception {
    assertThat(ann.awaitWidth(640)).isTrue();
    encode(ann, new Encoding(300_000, 2, 1));
    assertThat(ann.awaitWidth(320)).isTrue();
    encode(ann, new Encoding(300_000, 4 / 3.0, 1));
    assertThat(ann.awaitWidth(480)).isTrue();
    encode(ann, new Encoding(300_000, 1, 1));
    assertThat(ann.awaitWidth(640)).isTrue();
    assertThat(bob.widths).isNotEmpty().containsOnly(640);
  }

  @Test
  void a_size_that_is_set_before_the_first_offer_is_that_of_the_first_picture() throws Exception {
    Pairing eve = new Pairing();
    encode(eve, new Encoding(100_000, 4, 1));
    on(eve::connect);
    assertThat(eve.widths.poll(10, TimeUnit.SECONDS)).isEqualTo(160);
    on(
        () -> {
          eve.close();
          return CompletableFuture.<Void>completedFuture(null);
        });
  }

  @Test
  void none_come_while_none_are_wanted_and_then_they_come_again() throws Exception {
    assertThat(ann.awaitWidth(640)).isTrue();
    encode(ann, new Encoding(300_000, 1, 0));
    // What was on its way still comes.
    while (ann.widths.poll(500, TimeUnit.MILLISECONDS) != null) {}
    int before = pushed.get();
    bob.widths.clear();
    assertThat(bob.awaitWidth(640)).isTrue();
    Integer none = ann.widths.poll(500, TimeUnit.MILLISECONDS);
    assertThat(none).isNull();
    assertThat(pushed.get()).isGreaterThan(before);
    encode(ann, new Encoding(300_000, 2, 2));
    assertThat(ann.awaitWidth(320)).isTrue();
  }

  @Test
  void operators_may_go_while_pictures_come() throws Exception {
    on(
        () -> {
          ann.close();
          return CompletableFuture.<Void>completedFuture(null);
        });
    bob.widths.clear();
    assertThat(bob.awaitWidth(640)).isTrue();
  }

  @Test
  void what_the_path_takes_is_known_once_pictures_flow() throws Exception {
    assertThat(ann.awaitWidth(640)).isTrue();
    OptionalLong bits = OptionalLong.empty();
    for (int i = 0; i < 100 && bits.isEmpty(); i++) {
      bits = on(ann.robot::uplink).bitsPerSecond();
    }
    assertThat(bits.orElse(0)).isPositive();
  }

  private void encode(Pairing pairing, Encoding encoding) throws Exception {
    on(
        () -> {
          pairing.robot.encode(encoding);
          return CompletableFuture.<Void>completedFuture(null);
        });
  }

  private void push() {
    ByteBuffer bytes = PICTURE.i420();
    int luma = PICTURE.width() * PICTURE.height();
    webRtc.push(
        PICTURE.width(),
        PICTURE.height(),
        bytes.slice(0, luma),
        bytes.slice(luma, luma / 4),
        bytes.slice(luma + luma / 4, luma / 4),
        System.nanoTime());
    pushed.incrementAndGet();
  }

  private <T> T on(Supplier<CompletableFuture<T>> task) throws Exception {
    return CompletableFuture.<Void>completedFuture(null)
        .thenComposeAsync(start -> task.get(), thread)
        .get(10, TimeUnit.SECONDS);
  }

  /** An operator and the robot's peer for it. */
  private final class Pairing {
    private final BlockingQueue<Integer> widths = new LinkedBlockingQueue<>();
    private final Side operatorSide = new Side();
    private final Side robotSide = new Side();
    private final Peer operator = webRtc.newPeer(List.of(), thread, operatorSide);
    private final Peer robot = webRtc.newPeer(List.of(), thread, robotSide);

    Pairing() {
      robot.sendVideo(webRtc);
    }

    CompletableFuture<Void> connect() {
      operator.receiveVideo(webRtc);
      return operator
          .offer(false)
          .thenCompose(robot::answer)
          .thenCompose(operator::accept)
          .thenRun(
              () -> {
                operatorSide.meet(robot);
                robotSide.meet(operator);
              });
    }

    boolean awaitWidth(int width) throws InterruptedException {
      long until = System.nanoTime() + Duration.ofSeconds(15).toNanos();
      while (System.nanoTime() - until < 0) {
        Integer next = widths.poll(5, TimeUnit.SECONDS);
        if (next != null && next == width) {
          return true;
        }
      }
      return false;
    }

    void close() {
      operator.close();
      robot.close();
    }

    private final class Side implements Peer.Listener {
      private final List<IceCandidate> early = new ArrayList<>();
      private Optional<Peer> other = Optional.empty();

      void meet(Peer peer) {
        other = Optional.of(peer);
        early.forEach(peer::addCandidate);
      }

      @Override
      public void candidate(Optional<IceCandidate> candidate) {
        candidate.ifPresent(
            ours -> other.ifPresentOrElse(peer -> peer.addCandidate(ours), () -> early.add(ours)));
      }

      @Override
      public void track(RemoteTrack track) {
        ((RemoteVideo) track).watch(image -> widths.add(image.width()));
      }
    }
  }
}
