package dev.farhand.signaling;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Counts the sockets that come from one address. Any thread. */
final class AddressBook {
  private static final int PREFIX_BYTES = 8;

  private final ConcurrentMap<String, Integer> sockets = new ConcurrentHashMap<>();
  private final int most;

  AddressBook(int most) {
    this.most = most;
  }

  /** Counts one more; whether it may stay. In any case, {@link #leave} takes it off. */
  boolean enter(String address) {
    return sockets.merge(address, 1, Integer::sum) <= most;
  }

  void leave(String address) {
    sockets.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
  }

  /**
   * What is counted as one address: an IPv4 address, or the /64 that one IPv6 subscriber has to
   * choose from.
   *
   * @param address in digits
   */
  static String key(String address) {
    if (!address.contains(":")) {
      return address;
    }
    try {
      // Digits with colons are never looked up.
      InetAddress parsed = InetAddress.getByName(address);
      return parsed instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), PREFIX_BYTES))
          : parsed.getHostAddress();
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
