package dev.farhand.agent.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.protocol.SignalMessage.Description;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Two connections in this process, over real sockets: one offers, one answers. */
final class Pair implements AutoCloseable {
  final RtcConnection offering;
  final RtcConnection answering;
  final BlockingQueue<Throwable> offeringErrors = new LinkedBlockingQueue<>();
  final BlockingQueue<Throwable> answeringErrors = new LinkedBlockingQueue<>();

  Pair(WebRtc webRtc) {
    this(webRtc, RtcOptions.DEFAULT);
  }

  /**
   * @param options of the offering side
   */
  Pair(WebRtc webRtc, RtcOptions options) {
    offering = RtcConnection.create(webRtc, options);
    answering = RtcConnection.create(webRtc, List.of());
    offering.onError(offeringErrors::add);
    answering.onError(answeringErrors::add);
  }

  /** Offer and answer; then waits until messages can flow. */
  void connect() throws Exception {
    Description offer = offering.localDescription().get(10, TimeUnit.SECONDS);
    Description answer = answering.localDescription(offer).get(10, TimeUnit.SECONDS);
    offering.remoteDescription(answer).get(10, TimeUnit.SECONDS);
    offering.ready().get(10, TimeUnit.SECONDS);
    answering.ready().get(10, TimeUnit.SECONDS);
  }

  /** The next of what came; fails when nothing comes. */
  static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T item = queue.poll(15, TimeUnit.SECONDS);
    assertThat(item).isNotNull();
    return item;
  }

  @Override
  public void close() {
    offering.close();
    answering.close();
  }
}
