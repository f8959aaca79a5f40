package dev.farhand.signaling;

import dev.farhand.protocol.SignalMessage.IceServer;
import dev.farhand.signaling.ice.IceServers;
import dev.farhand.signaling.ice.IceServersFile;
import dev.farhand.signaling.ice.IceUrl;
import dev.farhand.signaling.ice.Turn;
import dev.farhand.signaling.ice.TurnSecretFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** By which servers robots and operators find paths to each other. */
final class IceOptions {
  /** With less, a credential could run out while its owner still looks for a path. */
  private static final int LEAST_SECONDS = 60;

  private static final int MOST_SECONDS = 86_400;

  @Option(
      names = "--stun",
      paramLabel = "URL",
      split = ",",
      description =
          "A STUN server, such as stun:turn.example.org:3478, for everybody. Repeatable, or with"
              + " commas.")
  List<String> stun = new ArrayList<>();

  @Option(
      names = "--turn",
      paramLabel = "URL",
      split = ",",
      description =
          "A TURN server that shares a secret with this one, such as"
              + " turn:turn.example.org:3478?transport=udp. Repeatable, or with commas: give UDP, TCP"
              + " and turns: if it has them.")
  List<String> turn = new ArrayList<>();

  @Option(
      names = "--turn-secret-file",
      paramLabel = "FILE",
      description = "That secret, coturn's static-auth-secret. Needed with --turn.")
  @Nullable Path turnSecretFile;

  @Option(
      names = "--turn-seconds",
      paramLabel = "N",
      defaultValue = "3600",
      description =
          "How long a credential for TURN can be used to begin with. Sessions that last longer get"
              + " new ones in time. Default: ${DEFAULT-VALUE}.")
  int turnSeconds;

  @Option(
      names = "--ice-servers",
      paramLabel = "FILE",
      description = "Further STUN and TURN servers for everybody: a JSON array of RTCIceServer.")
  @Nullable Path iceServers;

  /**
   * Reads the files. Blocks.
   *
   * @param wrong makes an exception of what is wrong with the options
   */
  IceServers read(Function<String, RuntimeException> wrong) {
    for (String url : stun) {
      if (!IceUrl.isStun(url)) {
        throw wrong.apply("--stun is an address such as stun:turn.example.org:3478: " + url);
      }
    }
    List<IceServer> fixed = new ArrayList<>();
    if (!stun.isEmpty()) {
      fixed.add(new IceServer(stun, null, null));
    }
    if (iceServers != null) {
      fixed.addAll(IceServersFile.read(iceServers));
    }
    return new IceServers(fixed, turn(wrong));
  }

  private @Nullable Turn turn(Function<String, RuntimeException> wrong) {
    Path secretFile = turnSecretFile;
    if (turn.isEmpty() != (secretFile == null)) {
      throw wrong.apply("--turn and --turn-secret-file go together: give both or neither.");
    }
    if (secretFile == null) {
      return null;
    }
    for (String url : turn) {
      if (!IceUrl.isTurn(url)) {
        throw wrong.apply(
            "--turn is an address such as turn:turn.example.org:3478?transport=udp: " + url);
      }
    }
    if (turnSeconds < LEAST_SECONDS || turnSeconds > MOST_SECONDS) {
      throw wrong.apply(
          "--turn-seconds is a number from " + LEAST_SECONDS + " to " + MOST_SECONDS + ".");
    }
    return new Turn(turn, TurnSecretFile.read(secretFile), Duration.ofSeconds(turnSeconds));
  }
}
