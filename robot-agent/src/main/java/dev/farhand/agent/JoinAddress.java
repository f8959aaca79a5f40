package dev.farhand.agent;

import dev.farhand.agent.config.ConfigException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which robot to join: its ID, or a link to its page, which says the server and may bring a token.
 */
record JoinAddress(String robotId, Optional<String> server, Optional<String> token) {
  private static final Pattern PAGE = Pattern.compile("/r/([^/]+)");
  private static final Pattern TOKEN = Pattern.compile("(?:^|&)token=([^&]*)");

  /**
   * @throws ConfigException if it is a link, but none to a robot's page
   */
  static JoinAddress of(String text) {
    if (!text.contains("://")) {
      return new JoinAddress(text, Optional.empty(), Optional.empty());
    }
    try {
      URI link = new URI(text.strip());
      Matcher page = PAGE.matcher(String.valueOf(link.getPath()));
      if (page.matches() && link.getAuthority() != null) {
        String fragment = link.getRawFragment() == null ? "" : link.getRawFragment();
        Optional<String> token =
            TOKEN
                .matcher(fragment)
                .results()
                .map(found -> URLDecoder.decode(found.group(1), StandardCharsets.UTF_8))
                .findFirst();
        return new JoinAddress(
            page.group(1), Optional.of(link.getScheme() + "://" + link.getAuthority()), token);
      }
    } catch (URISyntaxException e) {
      // Told below; the text may hold a token, so it is not repeated.
    }
    throw new ConfigException(
        "A link to a robot must be like https://farhand.example.org/r/rover1#token=…");
  }
}
