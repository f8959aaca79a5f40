package dev.farhand.agent.signaling;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The way that packets to the server would take. Confined to one thread. */
public final class Route {
  /** Seldom: without a network it takes a resolver many seconds to say so. */
  private static final Duration RENEW = Duration.ofMinutes(10);

  private final String host;
  private long resolvedAt;
  private @Nullable InetAddress server;

  /**
   * @param server whose host is asked for
   */
  public Route(URI server) {
    this.host = server.getHost();
  }

  /** Which of this machine's addresses they would come from; empty if none leads there. Blocks. */
  public Optional<InetAddress> source() {
    if (server == null || System.nanoTime() - resolvedAt > RENEW.toNanos()) {
      try {
        server = InetAddress.getByName(host);
        resolvedAt = System.nanoTime();
      } catch (UnknownHostException e) {
        // Without a network there are no names either; the address is still the same.
      }
    }
    if (server == null) {
      return Optional.empty();
    }
    // connect(2) on a datagram socket asks the routing table and sends nothing.
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(server, 443));
      InetAddress source = socket.getLocalAddress();
      return source.isAnyLocalAddress() ? Optional.empty() : Optional.of(source);
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }
}
