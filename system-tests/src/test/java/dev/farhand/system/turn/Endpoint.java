package dev.farhand.system.turn;

import java.net.InetSocketAddress;
import java.util.HexFormat;

/**
 * An address and a port. Java turns an IPv6 address that holds an IPv4 one into that one, which
 * TURN servers must not be trusted to do: so the bytes as they are.
 *
 * @param ip four or sixteen bytes, in hexadecimal digits
 */
public record Endpoint(String ip, int port) {
  public Endpoint {
    if (ip.length() != 8 && ip.length() != 32) {
      throw new IllegalArgumentException("Neither IPv4 nor IPv6: " + ip);
    }
  }

  static Endpoint of(byte[] ip, int port) {
    return new Endpoint(HexFormat.of().formatHex(ip), port);
  }

  public static Endpoint of(InetSocketAddress address) {
    return of(address.getAddress().getAddress(), address.getPort());
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(ip);
  }
}
