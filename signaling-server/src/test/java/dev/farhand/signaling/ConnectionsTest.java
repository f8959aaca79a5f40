package dev.farhand.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.protocol.SignalMessage.Ping;
import dev.farhand.signaling.bounds.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Connections that keep quiet are counted, too. */
class ConnectionsTest {
  private static final int SOCKETS = 4;
  private static final int PER_ADDRESS = 2 * SOCKETS;

  @RegisterExtension final Ground ground = new Ground();
  private final List<Socket> silent = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (Socket socket : silent) {
      socket.close();
    }
  }

  private SettingsBuilder settings(int connections) {
    Limits limits = Limits.DEFAULTS;
    return new SettingsBuilder(ground.closed())
        .limits(
            new Limits(
                limits.messageBytes(),
                limits.messagesPerSecond(),
                limits.robotMessagesPerSecond(),
                limits.sessionsPerRobot(),
                limits.joinsAtOnce(),
                limits.waitingPerRobot(),
                limits.waiting(),
                SOCKETS,
                connections,
                limits.queuedBytes()));
  }

  /** From 127.0.0.x, each of which is an address of its own to the server. */
  private Socket connect(SignalingServer server, int host) throws IOException {
    InetAddress from = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) host});
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port(), from, 0);
    socket.setSoTimeout(10_000);
    silent.add(socket);
    return socket;
  }

  /** Connects, and sees by an answer that the server has counted it and let it stay. */
  private Socket welcome(SignalingServer server, int host) throws IOException {
    Socket socket = connect(server, host);
    assertThat(isAnswered(socket)).as("whether the server answers").isTrue();
    return socket;
  }

  private void turnedAway(SignalingServer server, int host) throws IOException {
    try (Socket socket = connect(server, host)) {
      assertThat(hasEnded(socket)).as("whether the server closes").isTrue();
    }
  }

  private static boolean isAnswered(Socket socket) throws IOException {
    String request = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    try {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      StringBuilder answer = new StringBuilder();
      while (answer.indexOf("ok\n") < 0) {
        int next = socket.getInputStream().read();
        if (next < 0) {
          return false;
        }
        answer.append((char) next);
      }
      return true;
    } catch (SocketException reset) {
      return false;
    }
  }

  private static boolean hasEnded(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  private void roomAgain(SignalingServer server, int host) {
    Ground.eventually(
        () -> {
          try (Socket socket = connect(server, host)) {
            return isAnswered(socket);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Test
  void one_address_has_so_many_connections_whatever_they_say() throws IOException {
    SignalingServer server = ground.start(settings(1000).build());
    List<Socket> first = new ArrayList<>();
    for (int i = 0; i < PER_ADDRESS; i++) {
      first.add(welcome(server, 2));
    }
    turnedAway(server, 2);
    welcome(server, 3);
    first.get(0).close();
    roomAgain(server, 2);
  }

  @Test
  void server_has_so_many_connections_from_everywhere() throws IOException {
    SignalingServer server = ground.start(settings(5).build());
    for (int i = 2; i < 7; i++) {
      welcome(server, i);
    }
    turnedAway(server, 9);
    silent.get(0).close();
    roomAgain(server, 9);
  }

  @Test
  void proxy_that_is_trusted_has_more() throws IOException {
    SignalingServer server = ground.start(settings(PER_ADDRESS + 1).trustProxy().build());
    for (int i = 0; i <= PER_ADDRESS; i++) {
      welcome(server, 2);
    }
    turnedAway(server, 2);
  }

  @Test
  void websocket_counts_until_it_is_gone() throws IOException {
    SignalingServer server = ground.start(settings(2).build());
    try (RawPeer peer = new RawPeer(server.port())) {
      welcome(server, 2);
      turnedAway(server, 3);
      peer.send(new Ping());
      peer.readUntil("pong");
    }
    roomAgain(server, 3);
    Ground.eventually(() -> isRoomForOneOnly(server));
  }

  @Test
  void upgrade_that_is_cut_off_is_not_counted_for_ever() throws IOException {
    int most = 3;
    SignalingServer server = ground.start(settings(most).build());
    String upgrade =
        String.join(
            "\r\n",
            "GET /signal HTTP/1.1",
            "Host: localhost",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13",
            "",
            "");
    for (int i = 0; i < 3 * most; i++) {
      try (Socket socket = connect(server, 2)) {
        socket.getOutputStream().write(upgrade.getBytes(StandardCharsets.US_ASCII));
        // Closes by a reset.
        socket.setSoLinger(true, 0);
      }
      roomAgain(server, 2);
    }
  }

  private boolean isRoomForOneOnly(SignalingServer server) {
    try (Socket one = connect(server, 3);
        Socket other = connect(server, 4)) {
      // Who was welcomed before has the other place.
      return isAnswered(one) && hasEnded(other);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
