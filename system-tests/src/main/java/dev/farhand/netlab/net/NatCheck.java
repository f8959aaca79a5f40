package dev.farhand.netlab.net;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;

/**
 * What a host's UDP meets on its way out, as {@code nats.py} finds it; words of RFC 4787.
 *
 * @param mapping none, independent, dependent or blocked
 * @param filtering independent, address, port or blocked
 */
public record NatCheck(String mapping, String filtering) {
  /** Tries it out, from behind the uplink with two servers. */
  public static NatCheck of(
      Path scripts,
      Uplink uplink,
      Namespace first,
      String address,
      Namespace second,
      String other) {
    String found =
        Tool.run(
            "/usr/bin/python3",
            "-B",
            scripts.resolve("nats.py").toString(),
            uplink.host().name(),
            first.name(),
            address,
            second.name(),
            other);
    try {
      return new ObjectMapper().readValue(found, NatCheck.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(found, e);
    }
  }

  /** What a NAT of this kind must be found to be. */
  public static NatCheck expected(NatKind kind) {
    return switch (kind) {
      case NONE -> new NatCheck("none", "independent");
      case FULL_CONE -> new NatCheck("independent", "independent");
      case ADDRESS_RESTRICTED -> new NatCheck("independent", "address");
      case PORT_RESTRICTED, DOUBLE -> new NatCheck("independent", "port");
      case SYMMETRIC -> new NatCheck("dependent", "port");
      case UDP_BLOCKED -> new NatCheck("blocked", "blocked");
    };
  }
}
