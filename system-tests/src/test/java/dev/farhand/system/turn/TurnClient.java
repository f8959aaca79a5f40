package dev.farhand.system.turn;

import dev.farhand.system.turn.StunMessage.Attribute;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A client with one allocation at most. For one thread; blocks. */
final class TurnClient {
  private static final Duration RESENT_AFTER = Duration.ofMillis(500);
  private static final int TRIES = 20;
  private static final int UNAUTHENTICATED = 401;
  private static final int STALE_NONCE = 438;
  private static final byte UDP = 17;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Wire wire;
  private final Queue<StunMessage> arrived = new ArrayDeque<>();
  private @Nullable Login login;
  private int channel = 0x4000;

  /** What signs this client's requests: RFC 8489, section 9.2. */
  private record Login(String user, String password, String realm, String nonce) {
    byte[] key() {
      try {
        return MessageDigest.getInstance("MD5")
            .digest((user + ":" + realm + ":" + password).getBytes(StandardCharsets.UTF_8));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  TurnClient(Wire wire) {
    this.wire = wire;
  }

  StunMessage allocate(Ask.Family family, @Nullable String user, @Nullable String password)
      throws IOException {
    StunMessage request =
        message(StunMessage.ALLOCATE)
            .with(
                Attribute.of(StunMessage.REQUESTED_TRANSPORT, UDP, (byte) 0, (byte) 0, (byte) 0),
                Attribute.of(
                    StunMessage.REQUESTED_ADDRESS_FAMILY,
                    family.number,
                    (byte) 0,
                    (byte) 0,
                    (byte) 0));
    StunMessage refusal = StunMessage.decode(exchange(request, request.encode()));
    if (user == null || password == null || refusal.status() != UNAUTHENTICATED) {
      return refusal;
    }
    login = new Login(user, password, text(refusal, StunMessage.REALM), nonce(refusal));
    return ask(request);
  }

  StunMessage refresh() throws IOException {
    return ask(message(StunMessage.REFRESH));
  }

  StunMessage permit(Endpoint peer) throws IOException {
    return ask(message(StunMessage.CREATE_PERMISSION).with(StunMessage.XOR_PEER_ADDRESS, peer));
  }

  StunMessage bind(Endpoint peer) throws IOException {
    int number = channel++;
    return ask(
        message(StunMessage.CHANNEL_BIND)
            .with(
                Attribute.of(
                    StunMessage.CHANNEL_NUMBER,
                    (byte) (number >> 8),
                    (byte) number,
                    (byte) 0,
                    (byte) 0))
            .with(StunMessage.XOR_PEER_ADDRESS, peer));
  }

  void send(Endpoint peer, String text) throws IOException {
    wire.send(
        message(StunMessage.SEND_INDICATION)
            .with(StunMessage.XOR_PEER_ADDRESS, peer)
            .with(Attribute.of(StunMessage.DATA, text))
            .encode());
  }

  /** The next of a peer's messages. */
  Optional<StunMessage> receive(Duration within) throws IOException {
    long end = System.nanoTime() + within.toNanos();
    while (arrived.isEmpty()) {
      long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
      if (left <= 0) {
        return Optional.empty();
      }
      wire.receive(Duration.ofMillis(left)).map(StunMessage::decode).ifPresent(this::sort);
    }
    return Optional.of(arrived.remove());
  }

  private void sort(StunMessage message) {
    if (message.type() == StunMessage.DATA_INDICATION) {
      arrived.add(message);
    }
  }

  private StunMessage ask(StunMessage request) throws IOException {
    StunMessage answer = signed(request);
    Login now = login;
    if (answer.status() == STALE_NONCE && now != null) {
      login = new Login(now.user, now.password, now.realm, nonce(answer));
      return signed(new StunMessage(request.type(), transaction(), request.attributes()));
    }
    return answer;
  }

  private StunMessage signed(StunMessage request) throws IOException {
    Login by = login;
    if (by == null) {
      throw new IllegalStateException("Nothing was allocated");
    }
    StunMessage whole =
        request.with(
            Attribute.of(StunMessage.USERNAME, by.user),
            Attribute.of(StunMessage.REALM, by.realm),
            Attribute.of(StunMessage.NONCE, by.nonce));
    byte[] received = exchange(whole, whole.encode(by.key()));
    StunMessage answer = StunMessage.decode(received);
    if (answer.status() == 200 && !StunMessage.isSigned(received, by.key())) {
      throw new IOException("The server's answer is not signed");
    }
    return answer;
  }

  /** Sends until there is an answer: datagrams get lost, and a second time harms nothing. */
  private byte[] exchange(StunMessage request, byte[] encoded) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      if (i == 0 || wire instanceof Wire.Datagrams) {
        wire.send(encoded);
      }
      long end = System.nanoTime() + RESENT_AFTER.toNanos();
      long left;
      while ((left = Duration.ofNanos(end - System.nanoTime()).toMillis()) > 0) {
        Optional<byte[]> received = wire.receive(Duration.ofMillis(left));
        if (received.isEmpty()) {
          break;
        }
        StunMessage message = StunMessage.decode(received.get());
        if (message.answers(request)) {
          return received.get();
        }
        sort(message);
      }
    }
    throw new IOException("No answer");
  }

  private static StunMessage message(int type) {
    return new StunMessage(type, transaction(), List.of());
  }

  private static String transaction() {
    byte[] transaction = new byte[12];
    RANDOM.nextBytes(transaction);
    return HexFormat.of().formatHex(transaction);
  }

  private static String nonce(StunMessage refusal) throws IOException {
    return text(refusal, StunMessage.NONCE);
  }

  private static String text(StunMessage message, int attribute) throws IOException {
    return message
        .first(attribute)
        .map(Attribute::text)
        .orElseThrow(() -> new IOException("The server's refusal does not say how to log in"));
  }
}
