package dev.farhand.signaling.ice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.farhand.protocol.SignalMessage.IceServer;
import dev.farhand.signaling.access.UnusableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** STUN and TURN servers from a file, in the form of {@code RTCIceServer} in W3C WebRTC. */
public final class IceServersFile {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          // RTCIceServer allows one URL to stand without a list.
          .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private IceServersFile() {}

  /**
   * Reads the file. Blocks.
   *
   * @throws UnusableFile with a sentence that says what is wrong
   */
  public static List<IceServer> read(Path file) {
    try {
      List<IceServer> servers = List.of(JSON.readValue(Files.readString(file), IceServer[].class));
      servers.forEach(server -> check(file, server));
      return servers;
    } catch (JsonProcessingException e) {
      throw unusable(
          file,
          "is not a JSON array such as [{\"urls\": [\"turn:turn.example.org:3478\"], \"username\":"
              + " \"u\", \"credential\": \"c\"}]");
    } catch (IOException e) {
      throw unusable(file, "cannot be read (" + UnusableFile.why(e) + ")");
    }
  }

  private static void check(Path file, IceServer server) {
    if (server.urls().isEmpty()) {
      throw unusable(file, "has an entry without urls");
    }
    for (String url : server.urls()) {
      if (!IceUrl.isAny(url)) {
        throw unusable(file, "has a URL that is neither stun: nor turn: (" + url + ")");
      }
      if (IceUrl.isTurn(url) && (server.username() == null || server.credential() == null)) {
        throw unusable(file, "has no username and credential for " + url);
      }
    }
  }

  private static UnusableFile unusable(Path file, String what) {
    return new UnusableFile("The ICE servers file " + file + " " + what + ".");
  }
}
