package dev.farhand.netlab.net;

import java.util.Locale;

/**
 * How a network is cut off from the internet. Words of RFC 3489, since people use them; RFC 4787's
 * are in {@link NatCheck}.
 */
public enum NatKind {
  /** A public address and no firewall. */
  NONE(Nature.OPEN),
  /** One outside port for an inside one; anybody may send to it. */
  FULL_CONE(Nature.OPEN),
  /** The same; whoever was written to may answer, from any port. */
  ADDRESS_RESTRICTED(Nature.ADDRESS),
  /** The same; only the port that was written to may answer. A home router. */
  PORT_RESTRICTED(Nature.PORT),
  /** Another outside port for each destination; only that may answer. Much of 4G. */
  SYMMETRIC(Nature.SYMMETRIC),
  /** A home router behind a carrier's, both port-restricted. */
  DOUBLE(Nature.PORT),
  /** A home router in a network that lets no UDP through. */
  UDP_BLOCKED(Nature.CLOSED);

  private enum Nature {
    OPEN,
    ADDRESS,
    PORT,
    SYMMETRIC,
    CLOSED
  }

  private final Nature nature;

  NatKind(Nature nature) {
    this.nature = nature;
  }

  /** As on the command line and in tables. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Whether UDP can get through between the two without a relay: not if a port that changes with
   * the destination would have to be guessed.
   */
  public boolean directWith(NatKind other) {
    if (nature == Nature.CLOSED || other.nature == Nature.CLOSED) {
      return false;
    }
    return !(nature == Nature.SYMMETRIC && other.guessesPorts())
        && !(other.nature == Nature.SYMMETRIC && guessesPorts());
  }

  private boolean guessesPorts() {
    return nature == Nature.PORT || nature == Nature.SYMMETRIC;
  }

  /** Rules for a router with interfaces {@code wan} and {@code lan}, one host behind it. */
  String rules(String host) {
    return switch (this) {
      case NONE -> "";
      case FULL_CONE -> rules("iifname wan dnat to " + host, "accept", "masquerade");
      case ADDRESS_RESTRICTED ->
          rules(
              "iifname wan ip saddr . udp dport @contacted dnat to " + host,
              "accept",
              "masquerade");
      case PORT_RESTRICTED, DOUBLE -> rules("accept", "accept", "masquerade");
      case SYMMETRIC -> rules("accept", "accept", "masquerade fully-random");
      case UDP_BLOCKED -> rules("accept", "meta l4proto udp drop", "masquerade");
    };
  }

  /**
   * Masquerading keeps a port that is free, so one inside port has one outside port. What nobody
   * asked for must be gone before conntrack confirms it, hence the drop on input: the packet of a
   * peer that comes a moment too early would otherwise occupy the very port pair that the host's
   * own packet needs, and that would be sent from another port.
   */
  private static String rules(String inbound, String forwarded, String outbound) {
    return """
        table ip nat {
          set contacted { type ipv4_addr . inet_service; flags dynamic,timeout; timeout 5m; size 65535; }
          chain inbound {
            type nat hook prerouting priority dstnat;
            %s
          }
          chain unasked {
            type filter hook input priority filter;
            iifname wan drop
          }
          chain forwarded {
            type filter hook forward priority filter;
            oifname wan update @contacted { ip daddr . udp sport }
            %s
          }
          chain outbound {
            type nat hook postrouting priority srcnat;
            oifname wan %s
          }
        }
        """
        .formatted(inbound, forwarded, outbound);
  }
}
