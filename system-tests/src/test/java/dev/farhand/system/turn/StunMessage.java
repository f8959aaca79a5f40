package dev.farhand.system.turn;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A message of STUN, RFC 8489 section 5. Immutable.
 *
 * @param type method and class together, as they stand in the message
 * @param transaction twelve bytes in hexadecimal digits
 */
record StunMessage(int type, String transaction, List<Attribute> attributes) {
  static final int ALLOCATE = 0x003;
  static final int REFRESH = 0x004;
  static final int SEND_INDICATION = 0x016;
  static final int DATA_INDICATION = 0x017;
  static final int CREATE_PERMISSION = 0x008;
  static final int CHANNEL_BIND = 0x009;

  static final int USERNAME = 0x0006;
  static final int ERROR_CODE = 0x0009;
  static final int CHANNEL_NUMBER = 0x000c;
  static final int XOR_PEER_ADDRESS = 0x0012;
  static final int DATA = 0x0013;
  static final int REALM = 0x0014;
  static final int NONCE = 0x0015;
  static final int XOR_RELAYED_ADDRESS = 0x0016;
  static final int REQUESTED_ADDRESS_FAMILY = 0x0017;
  static final int REQUESTED_TRANSPORT = 0x0019;

  static final int HEADER = 20;
  private static final int MESSAGE_INTEGRITY = 0x0008;
  private static final int FINGERPRINT = 0x8028;
  private static final int COOKIE = 0x2112a442;
  private static final int SUCCESS = 0x100;
  private static final int ERROR = 0x110;

  /** The value without its padding, in hexadecimal digits. */
  record Attribute(int type, String value) {
    static Attribute of(int type, byte... value) {
      return new Attribute(type, HexFormat.of().formatHex(value));
    }

    static Attribute of(int type, String text) {
      return of(type, text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] bytes() {
      return HexFormat.of().parseHex(value);
    }

    String text() {
      return new String(bytes(), StandardCharsets.UTF_8);
    }
  }

  StunMessage {
    attributes = List.copyOf(attributes);
  }

  StunMessage with(Attribute... more) {
    List<Attribute> all = new ArrayList<>(attributes);
    all.addAll(List.of(more));
    return new StunMessage(type, transaction, all);
  }

  /** Adds an address, mixed with what no NAT that rewrites addresses in payloads would look for. */
  StunMessage with(int attribute, Endpoint address) {
    byte[] ip = address.bytes();
    ByteBuffer value = ByteBuffer.allocate(4 + ip.length);
    value.putShort((short) (ip.length == 4 ? 1 : 2)).putShort((short) (address.port() ^ 0x2112));
    value.put(mixed(ip));
    return with(Attribute.of(attribute, value.array()));
  }

  boolean answers(StunMessage request) {
    return transaction.equals(request.transaction)
        && (type == (request.type | SUCCESS) || type == (request.type | ERROR));
  }

  /** An error's number; 200 for success. */
  int status() {
    return first(ERROR_CODE).map(Attribute::bytes).map(v -> v[2] * 100 + v[3]).orElse(200);
  }

  Optional<Attribute> first(int attribute) {
    return attributes.stream().filter(a -> a.type == attribute).findFirst();
  }

  Optional<Endpoint> address(int attribute) {
    return first(attribute)
        .map(Attribute::bytes)
        .map(ByteBuffer::wrap)
        .map(
            value -> {
              int port = (value.getShort(2) ^ 0x2112) & 0xffff;
              byte[] ip = new byte[value.capacity() - 4];
              value.get(4, ip);
              return Endpoint.of(mixed(ip), port);
            });
  }

  private byte[] mixed(byte[] ip) {
    byte[] with =
        ByteBuffer.allocate(16).putInt(COOKIE).put(HexFormat.of().parseHex(transaction)).array();
    byte[] mixed = new byte[ip.length];
    for (int i = 0; i < ip.length; i++) {
      mixed[i] = (byte) (ip[i] ^ with[i]);
    }
    return mixed;
  }

  /** The message with a fingerprint. */
  byte[] encode() {
    return sealed(body());
  }

  /** The message with integrity by this key (RFC 8489, section 14.5) and a fingerprint. */
  byte[] encode(byte[] key) {
    byte[] body = body();
    return sealed(appended(body, MESSAGE_INTEGRITY, hmac(key, counting(body, 24))));
  }

  private static byte[] sealed(byte[] message) {
    CRC32 crc = new CRC32();
    crc.update(counting(message, 8));
    int fingerprint = (int) crc.getValue() ^ 0x5354554e;
    return appended(message, FINGERPRINT, ByteBuffer.allocate(4).putInt(fingerprint).array());
  }

  private byte[] body() {
    byte[] message =
        ByteBuffer.allocate(HEADER)
            .putShort((short) type)
            .putShort((short) 0)
            .putInt(COOKIE)
            .put(HexFormat.of().parseHex(transaction))
            .array();
    for (Attribute attribute : attributes) {
      message = appended(message, attribute.type, attribute.bytes());
    }
    return message;
  }

  private static byte[] appended(byte[] message, int type, byte[] value) {
    int padded = (value.length + 3) / 4 * 4;
    byte[] longer = counting(message, 4 + padded);
    return ByteBuffer.allocate(longer.length + 4 + padded)
        .put(longer)
        .putShort((short) type)
        .putShort((short) value.length)
        .put(value)
        .array();
  }

  /** The message, its length counting so many bytes that are still to follow. */
  private static byte[] counting(byte[] message, int more) {
    ByteBuffer copy = ByteBuffer.wrap(message.clone());
    return copy.putShort(2, (short) (message.length - HEADER + more)).array();
  }

  /** Whether these bytes, of which this message was read, were signed with the key. */
  static boolean isSigned(byte[] message, byte[] key) {
    ByteBuffer in = ByteBuffer.wrap(message);
    int at = HEADER;
    while (at + 4 <= message.length && (in.getShort(at) & 0xffff) != MESSAGE_INTEGRITY) {
      at += 4 + ((in.getShort(at + 2) & 0xffff) + 3) / 4 * 4;
    }
    if (at + 24 > message.length) {
      return false;
    }
    byte[] before = new byte[at];
    in.get(0, before);
    byte[] signature = new byte[20];
    in.get(at + 4, signature);
    return MessageDigest.isEqual(signature, hmac(key, counting(before, 24)));
  }

  static StunMessage decode(byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message);
    int type = in.getShort() & 0xffff;
    int end = HEADER + (in.getShort() & 0xffff);
    if (in.getInt() != COOKIE || end != message.length) {
      throw new IllegalArgumentException("No STUN message: " + HexFormat.of().formatHex(message));
    }
    byte[] transaction = new byte[12];
    in.get(transaction);
    List<Attribute> attributes = new ArrayList<>();
    while (in.hasRemaining()) {
      int attribute = in.getShort() & 0xffff;
      byte[] value = new byte[in.getShort() & 0xffff];
      in.get(value);
      in.position((in.position() + 3) / 4 * 4);
      attributes.add(Attribute.of(attribute, value));
    }
    return new StunMessage(type, HexFormat.of().formatHex(transaction), attributes);
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key, "HmacSHA1"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
