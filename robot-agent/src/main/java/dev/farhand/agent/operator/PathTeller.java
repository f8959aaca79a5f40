package dev.farhand.agent.operator;

import dev.farhand.agent.loop.Alarm;
import dev.farhand.agent.webrtc.Peer;
import dev.farhand.agent.webrtc.PeerPath;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/** Tells which path a session has, and when it has another. Confined to the operator's loop. */
final class PathTeller {
  /** libwebrtc says nothing of a change by itself. */
  private static final long LOOK_MILLIS = 2000;

  private final Alarm next;
  private final Peer peer;
  private final Consumer<PeerPath> tell;
  private Optional<PeerPath> told = Optional.empty();

  PathTeller(ScheduledExecutorService loop, Peer peer, Consumer<PeerPath> tell) {
    this.next = new Alarm(loop);
    this.peer = peer;
    this.tell = tell;
  }

  /** Looks now, and again and again from now on. */
  void look() {
    next.set(LOOK_MILLIS, this::look);
    var unused = peer.path().thenAccept(path -> path.ifPresent(this::found));
  }

  void close() {
    next.cancel();
  }

  private void found(PeerPath path) {
    if (next.isSet() && !told.equals(Optional.of(path))) {
      told = Optional.of(path);
      tell.accept(path);
    }
  }
}
