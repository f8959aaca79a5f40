package dev.farhand.signaling;

import java.util.ArrayList;
import java.util.List;

/** What the server says once it listens. */
final class StartLines {
  private StartLines() {}

  /**
   * The lines.
   *
   * @param madeSecret whether this is the first start, so that the next steps are not known
   */
  static List<String> of(Settings settings, int port, boolean madeSecret) {
    List<String> lines = new ArrayList<>();
    String address =
        (settings.tls() == null ? "http" : "https") + "://" + host(settings.host()) + ":" + port;
    lines.add(
        "Farhand server listens on "
            + address
            + (settings.open() ? " (open: no tokens asked)" : ""));
    if (!settings.open() && madeSecret) {
      String secret = " --secret-file " + settings.secretFile();
      String everywhere =
          address.replace("//0.0.0.0:", "//ADDRESS:").replace("//[::]:", "//ADDRESS:");
      String url = settings.publicOrigin() == null ? everywhere : settings.publicOrigin();
      lines.add("A new secret is in " + settings.secretFile() + ". Make a token for a robot with");
      lines.add("  farhand-server token --role robot --robot rover1" + secret);
      lines.add("and a link for somebody to drive it with");
      lines.add(
          "  farhand-server invite --role driver --robot rover1 --expires 12h --url "
              + url
              + secret);
    }
    return lines;
  }

  private static String host(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }
}
