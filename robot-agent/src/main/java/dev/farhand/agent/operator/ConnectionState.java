package dev.farhand.agent.operator;

import java.util.Locale;

/** How an operator's connection stands. */
public enum ConnectionState {
  /** On the way to the first session. */
  CONNECTING,
  /** The robot is away; it is joined the moment that it comes. */
  WAITING,
  /** The robot can be used. */
  CONNECTED,
  /** It could be, and will be again without any help. */
  RECONNECTING,
  /** Over; the status says why. */
  CLOSED;

  /** As programs and scripts are told. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
