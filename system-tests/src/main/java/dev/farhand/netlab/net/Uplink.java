package dev.farhand.netlab.net;

import java.util.Optional;

/**
 * A host's way to the internet through one interface. One thread.
 *
 * @param link what the host is plugged in with, if that is made to be bad
 * @param address of the host in its own network
 */
public record Uplink(
    Namespace host,
    String face,
    NatKind kind,
    String address,
    int metric,
    Optional<Namespace> router,
    Optional<Link> link) {

  /** A host of this name behind a NAT of this kind. */
  public static Uplink of(Internet internet, Side side, String name, NatKind kind) {
    return add(internet, side, internet.namespace(name), "eth0", kind, 100, false);
  }

  /** The same, plugged in with a {@link Link} that can be made slow, lossy or narrow. */
  public static Uplink linked(Internet internet, Side side, String name, NatKind kind) {
    return add(internet, side, internet.namespace(name), "eth0", kind, 100, true);
  }

  /**
   * A further one.
   *
   * @param metric the smaller, the sooner it is used
   */
  public static Uplink add(
      Internet internet,
      Side side,
      Namespace host,
      String face,
      NatKind kind,
      int metric,
      boolean linked) {
    int number = internet.number();
    String outside = Internet.publicAddress(side, number);
    if (kind == NatKind.NONE && !linked) {
      internet.attach(host, face, outside, metric);
      return new Uplink(host, face, kind, outside, metric, Optional.empty(), Optional.empty());
    }
    String lan = "192.168." + number + ".";
    Namespace router = router(internet, host.name(), kind, face, lan);
    if (kind == NatKind.DOUBLE) {
      String carrier = "100.64." + number + ".";
      Namespace second = router(internet, host.name(), kind, face + "-carrier", carrier);
      internet.attach(second, "wan", outside, 0);
      Internet.cable(router, "wan", second, "lan");
      Internet.address(second, "lan", carrier + "1", 0);
      Internet.address(router, "wan", carrier + "2", 0);
      Internet.route(router, "wan", carrier + "2", 0);
    } else {
      internet.attach(router, "wan", outside, 0);
    }
    Optional<Link> link = Optional.empty();
    if (linked) {
      link = Optional.of(internet.link(host, face, router, "lan"));
    } else {
      Internet.cable(host, face, router, "lan");
    }
    Internet.address(router, "lan", lan + "1", 0);
    Internet.address(host, face, lan + "2", 0);
    Internet.route(host, face, lan + "2", metric);
    return new Uplink(host, face, kind, lan + "2", metric, Optional.of(router), link);
  }

  private static Namespace router(
      Internet internet, String host, NatKind kind, String part, String lan) {
    String name = host.substring(host.indexOf('-', 4) + 1);
    Namespace router = internet.namespace(name + "-" + part);
    router.forward();
    router.nft(kind.rules(lan + "2"));
    return router;
  }

  /** From now on nothing gets through, without anybody being told. */
  public void cut() {
    router()
        .orElseThrow()
        .nft(
            "table ip cut { chain nothing { type filter hook forward priority -300; policy drop; }; }");
  }

  /** Ends a {@link #cut}. */
  public void mend() {
    router().orElseThrow().nft("delete table ip cut");
  }

  /** The interface is gone, with its address and routes: as when Wi-Fi is out of range. */
  public void down() {
    host.ip("link set " + face + " down", "addr flush dev " + face);
  }

  /** It is back. */
  public void up() {
    Internet.address(host, face, address, metric);
    Internet.route(host, face, address, metric);
  }
}
