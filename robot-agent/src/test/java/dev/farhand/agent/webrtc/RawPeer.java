package dev.farhand.agent.webrtc;

import dev.farhand.protocol.SignalMessage.Description;
import dev.farhand.protocol.SignalMessage.IceCandidate;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** An offering peer without manners: it sends what a connection of ours never would. */
final class RawPeer implements AutoCloseable, Peer.Listener {
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final CountDownLatch gathered = new CountDownLatch(1);
  private final Map<String, CountDownLatch> open = new ConcurrentHashMap<>();
  private final Peer peer;

  RawPeer(WebRtc webRtc) {
    peer = webRtc.newPeer(List.of(), thread, this);
  }

  Channel channel(String label) throws Exception {
    CountDownLatch opened = new CountDownLatch(1);
    // Of a second one with the same name nobody knows whether it opens before it is refused.
    open.putIfAbsent(label, opened);
    return run(
        () -> {
          Channel channel = peer.createChannel(label);
          channel.listen(
              new Channel.Listener() {
                @Override
                public void opened() {
                  opened.countDown();
                }
              });
          return channel;
        });
  }

  Description offer() throws Exception {
    run(() -> peer.offer(false)).get(10, TimeUnit.SECONDS);
    Waiting.on(gathered);
    return run(() -> peer.localDescription().orElseThrow());
  }

  /** Takes the answer, and waits until its channels are open. */
  void accept(Description answer) throws Exception {
    run(() -> peer.accept(answer)).get(10, TimeUnit.SECONDS);
    open.values().forEach(Waiting::on);
  }

  void send(Channel channel, String text) throws Exception {
    run(() -> channel.send(text));
  }

  void sendBinary(Channel channel, byte[] bytes) throws Exception {
    run(() -> channel.send(ByteBuffer.wrap(bytes), true));
  }

  @Override
  public void candidate(Optional<IceCandidate> candidate) {
    if (candidate.isEmpty()) {
      gathered.countDown();
    }
  }

  /** Waits until it has ended, as the factory must not end before. A second time does nothing. */
  @Override
  public void close() {
    if (!thread.isShutdown()) {
      thread.execute(peer::close);
      thread.shutdown();
    }
    try {
      if (!thread.awaitTermination(20, TimeUnit.SECONDS)) {
        throw new AssertionError("The peer does not end");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** On the peer's thread. */
  <T> T run(Callable<T> task) throws Exception {
    return thread.submit(task).get(10, TimeUnit.SECONDS);
  }
}
