package dev.farhand.system.turn;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A block of addresses of one IP version, from the first to the last. Reads and writes them itself:
 * see {@link Endpoint} for why not as Java does.
 */
public record Block(BigInteger first, BigInteger last, int bits) {
  /** Reads {@code 10.0.0.0/8} or {@code fc00::/7}. */
  public static Block cidr(String text) {
    String[] parts = text.split("/", -1);
    int bits = bits(parts[0]);
    BigInteger size = BigInteger.ONE.shiftLeft(bits - Integer.parseInt(parts[1]));
    BigInteger first = number(parts[0]);
    return new Block(first, first.add(size).subtract(BigInteger.ONE), bits);
  }

  /** Reads {@code 10.0.0.0-10.255.255.255}, coturn's form, or one address. */
  public static Block range(String text) {
    String[] ends = text.split("-", -1);
    return new Block(number(ends[0]), number(ends[ends.length - 1]), bits(ends[0]));
  }

  public boolean contains(Block other) {
    return bits == other.bits
        && first.compareTo(other.first) <= 0
        && last.compareTo(other.last) >= 0;
  }

  public boolean contains(Endpoint peer) {
    BigInteger number = new BigInteger(peer.ip(), 16);
    return contains(new Block(number, number, peer.ip().length() * 4));
  }

  public boolean isIpv4() {
    return bits == 32;
  }

  /** The first, the last, and some in between: with bytes of 0 and of 255 in each place. */
  public List<Endpoint> samples() {
    BigInteger size = last.subtract(first);
    List<Endpoint> all = new ArrayList<>(List.of(peer(first), peer(last)));
    all.add(peer(first.add(size.shiftRight(1))));
    for (int shift = 0; shift < size.bitLength(); shift += 8) {
      BigInteger one = BigInteger.ONE.shiftLeft(shift);
      all.add(peer(first.add(one)));
      all.add(peer(first.add(one.shiftLeft(1))));
      all.add(peer(last.subtract(one)));
    }
    return all.stream().distinct().filter(this::contains).toList();
  }

  /** The addresses just before it and just after it, where there are any. */
  public Stream<Endpoint> neighbours() {
    return Stream.of(first.subtract(BigInteger.ONE), last.add(BigInteger.ONE))
        .filter(number -> number.signum() >= 0 && number.bitLength() <= bits)
        .map(this::peer);
  }

  private Endpoint peer(BigInteger number) {
    return new Endpoint(String.format("%0" + bits / 4 + "x", number), 4242);
  }

  private static int bits(String address) {
    return address.indexOf(':') < 0 ? 32 : 128;
  }

  private static BigInteger number(String address) {
    return bits(address) == 32
        ? joined(Stream.of(address.split("\\.")).map(Integer::valueOf).toList(), 8)
        : joined(groups(address), 16);
  }

  private static BigInteger joined(List<Integer> parts, int bits) {
    return parts.stream()
        .map(BigInteger::valueOf)
        .reduce(BigInteger.ZERO, (whole, part) -> whole.shiftLeft(bits).add(part));
  }

  /** RFC 4291, section 2.2, without IPv4 addresses inside. */
  private static List<Integer> groups(String address) {
    String[] halves = address.split("::", -1);
    List<Integer> groups = new ArrayList<>(hexadecimal(halves[0]));
    List<Integer> end = halves.length > 1 ? hexadecimal(halves[1]) : List.of();
    while (groups.size() < 8 - end.size()) {
      groups.add(0);
    }
    groups.addAll(end);
    return groups;
  }

  private static List<Integer> hexadecimal(String groups) {
    return Stream.of(groups.split(":", -1))
        .filter(group -> !group.isEmpty())
        .map(group -> Integer.valueOf(group, 16))
        .toList();
  }
}
