package dev.farhand.signaling;

import dev.farhand.protocol.JsonCodec;
import dev.farhand.protocol.SignalMessage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A WebSocket client (RFC 6455) that does only what it is told: it answers nothing by itself. */
final class RawPeer implements AutoCloseable {
  private static final JsonCodec<SignalMessage> CODEC = new JsonCodec<>(SignalMessage.class);

  private final Socket socket = new Socket();

  RawPeer(int port) throws IOException {
    this(port, "/signal");
  }

  RawPeer(int port, String path) throws IOException {
    // Small, so that what it does not read stays with the server.
    socket.setReceiveBufferSize(4096);
    socket.setSoTimeout(10_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: localhost:"
            + port
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    readUntil("\r\n\r\n");
  }

  void send(SignalMessage message) throws IOException {
    frame(0x81, CODEC.encode(message).getBytes(StandardCharsets.UTF_8));
  }

  /** Sends one frame, masked by zeros. */
  void frame(int head, byte[] payload) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream frame = new DataOutputStream(bytes);
    frame.writeByte(head);
    if (payload.length < 126) {
      frame.writeByte(0x80 | payload.length);
    } else if (payload.length < 65_536) {
      frame.writeByte(0x80 | 126);
      frame.writeShort(payload.length);
    } else {
      frame.writeByte(0x80 | 127);
      frame.writeLong(payload.length);
    }
    frame.writeInt(0);
    frame.write(payload);
    OutputStream out = socket.getOutputStream();
    out.write(bytes.toByteArray());
    out.flush();
  }

  /** Sends the beginning of a frame that claims to be so long. */
  void begin(int head, long length) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream frame = new DataOutputStream(bytes);
    frame.writeByte(head);
    frame.writeByte(0x80 | 127);
    frame.writeLong(length);
    frame.writeInt(0);
    socket.getOutputStream().write(bytes.toByteArray());
  }

  /** Reads on until these words have come. */
  void readUntil(String words) throws IOException {
    StringBuilder text = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (text.indexOf(words) < 0) {
      int next = in.read();
      if (next < 0) {
        throw new AssertionError("The connection ended before " + words + " came");
      }
      text.append((char) next);
    }
  }

  /** Reads everything that is left, until the server closes. */
  String readToEnd() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
