package dev.farhand.signaling.ice;

import java.util.regex.Pattern;

/** The addresses of STUN servers (RFC 7064) and TURN servers (RFC 7065). */
public final class IceUrl {
  private static final String HOST = "[^\\s?/@]+";
  private static final Pattern STUN = Pattern.compile("stuns?:" + HOST);
  private static final Pattern TURN =
      Pattern.compile("turns?:" + HOST + "(?:\\?transport=(?:udp|tcp))?");

  private IceUrl() {}

  /** Whether it is that of a STUN server. */
  public static boolean isStun(String url) {
    return STUN.matcher(url).matches();
  }

  /** Whether it is that of a TURN server. */
  public static boolean isTurn(String url) {
    return TURN.matcher(url).matches();
  }

  static boolean isAny(String url) {
    return isStun(url) || isTurn(url);
  }
}
