package dev.farhand.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.protocol.SignalMessage;
import dev.farhand.protocol.SignalMessage.Presence;
import dev.farhand.protocol.SignalMessage.Register;
import dev.farhand.protocol.SignalMessage.Restarting;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StopTest {
  @RegisterExtension final Ground ground = new Ground();
  private final SignalingServer server = ground.start(ground.open());

  @Test
  void everybody_is_told_to_come_back() throws Exception {
    Pair pair = Pair.on(ground, server, "rover1");
    Peer idle = ground.peer(server);
    Future<Void> stopped = server.close();
    for (Peer peer : List.of(pair.robot(), pair.operator(), idle)) {
      SignalMessage message = peer.next();
      // Another loop's connections may be closed a moment earlier.
      SignalMessage last = message instanceof Presence ? peer.next() : message;
      assertThat(last).isEqualTo(new Restarting(3000));
      assertThat(peer.expectClose()).isEqualTo("1012 server-restarting");
    }
    stopped.await(10, TimeUnit.SECONDS);
  }

  @Test
  void socket_that_does_not_answer_holds_nothing_up() throws Exception {
    try (RawPeer peer = new RawPeer(server.port())) {
      peer.send(new Register(1, "rover1", null, "i", 0, List.of(), List.of(), List.of()));
      peer.readUntil("registered");
      Future<Void> stopped = server.close();
      assertThat(peer.readToEnd()).contains("restarting").contains("server-restarting");
      stopped.await(10, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
