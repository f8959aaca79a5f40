package dev.farhand.agent.webrtc;

import dev.farhand.protocol.ChannelMessage;
import dev.farhand.protocol.SignalMessage.IceCandidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Connects the process with itself once, so that the first operator need not wait until classes,
 * codecs and cryptography have been loaded: that is most of a first join. Confined to its executor.
 */
public final class Rehearsal implements AutoCloseable {
  private final Side caller = new Side();
  private final Side callee = new Side();
  private final Peer calling;
  private final Peer called;

  /** Begins; ends by itself when the connection is made. */
  public Rehearsal(WebRtc webRtc, Executor executor) {
    calling = webRtc.newPeer(List.of(), executor, caller);
    called = webRtc.newPeer(List.of(), executor, callee);
    calling.sendVideo(webRtc);
    called.sendVideo(webRtc);
    Channel channel = calling.createChannel(ChannelMessage.DEFAULT);
    channel.listen(
        new Channel.Listener() {
          @Override
          public void opened() {
            close();
          }
        });
    var unused =
        calling
            .offer(false)
            .thenCompose(called::answer)
            .thenCompose(calling::accept)
            .thenRun(this::exchangeCandidates);
  }

  @Override
  public void close() {
    calling.close();
    called.close();
  }

  private void exchangeCandidates() {
    caller.meet(called);
    callee.meet(calling);
  }

  /** Keeps candidates until the other side can take them. */
  private static final class Side implements Peer.Listener {
    private final List<IceCandidate> early = new ArrayList<>();
    private Optional<Peer> other = Optional.empty();

    void meet(Peer peer) {
      other = Optional.of(peer);
      early.forEach(this::pass);
    }

    @Override
    public void candidate(Optional<IceCandidate> candidate) {
      if (other.isPresent()) {
        candidate.ifPresent(this::pass);
      } else {
        candidate.ifPresent(early::add);
      }
    }

    private void pass(IceCandidate candidate) {
      other.filter(peer -> !peer.isClosed()).ifPresent(peer -> peer.addCandidate(candidate));
    }
  }
}
