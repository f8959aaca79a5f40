package dev.farhand.system.turn;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Whole STUN messages to a TURN server and from it. For one thread; blocks. */
sealed interface Wire extends AutoCloseable {
  void send(byte[] message) throws IOException;

  /** Nothing where none comes in time. */
  Optional<byte[]> receive(Duration within) throws IOException;

  @Override
  void close() throws IOException;

  /** In datagrams, any of which may get lost. */
  record Datagrams(DatagramSocket socket) implements Wire {
    static Datagrams to(InetSocketAddress server) throws IOException {
      DatagramSocket socket = new DatagramSocket();
      socket.connect(server);
      return new Datagrams(socket);
    }

    @Override
    public void send(byte[] message) throws IOException {
      socket.send(new DatagramPacket(message, message.length));
    }

    @Override
    public Optional<byte[]> receive(Duration within) throws IOException {
      DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
      socket.setSoTimeout((int) within.toMillis());
      try {
        socket.receive(packet);
        return Optional.of(Arrays.copyOf(packet.getData(), packet.getLength()));
      } catch (SocketTimeoutException e) {
        return Optional.empty();
      }
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  /** One after the other on a TCP or TLS connection. */
  record Stream(Socket socket) implements Wire {
    @Override
    public void send(byte[] message) throws IOException {
      socket.getOutputStream().write(message);
    }

    @Override
    public Optional<byte[]> receive(Duration within) throws IOException {
      byte[] header = new byte[StunMessage.HEADER];
      DataInputStream in = new DataInputStream(socket.getInputStream());
      socket.setSoTimeout((int) within.toMillis());
      try {
        header[0] = in.readByte();
      } catch (SocketTimeoutException e) {
        return Optional.empty();
      }
      // What has begun comes to its end, or the connection is broken.
      socket.setSoTimeout(10_000);
      in.readFully(header, 1, header.length - 1);
      int length = ByteBuffer.wrap(header).getShort(2) & 0xffff;
      byte[] message = Arrays.copyOf(header, header.length + length);
      in.readFully(message, header.length, length);
      return Optional.of(message);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
