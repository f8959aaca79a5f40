package dev.farhand.agent.operator;

import dev.farhand.agent.config.SettingsReader;
import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Which robot to join, and how.
 *
 * @param server {@code ws://} or {@code wss://}, host and port
 * @param token from an invitation; read anew for each join. An open server wants none.
 * @param ca certificates (PEM) to trust beside the system's
 * @param waiting whether to wait for what is missing at first: the robot, the server, a path
 *     between the two. Without it, joining fails at once with a code. A robot that has been joined
 *     is always waited for when it goes away.
 * @param video whether to receive what the robot shows; without it the robot sends none
 * @param client random, kept by the program: 1 to 64 letters, digits, dashes or underscores. With
 *     it, a program that was started anew gets its right to drive back at once.
 */
public record JoinOptions(
    URI server,
    String robotId,
    Supplier<Optional<String>> token,
    Optional<Path> ca,
    boolean waiting,
    boolean video,
    String client) {

  public JoinOptions {
    if (!SignalMessage.isRobotId(robotId)) {
      throw new IllegalArgumentException(Code.BAD_ROBOT_ID.sentence());
    }
  }

  /**
   * Without a token, and without waiting.
   *
   * @param server as one would give it to a browser, or with {@code ws://} or {@code wss://}
   * @throws IllegalArgumentException if either cannot be one; the message says what is allowed
   */
  public static JoinOptions of(String server, String robotId) {
    return new JoinOptions(
        SettingsReader.server(server),
        robotId,
        Optional::empty,
        Optional.empty(),
        false,
        true,
        UUID.randomUUID().toString());
  }

  public JoinOptions withToken(Supplier<Optional<String>> source) {
    return new JoinOptions(server, robotId, source, ca, waiting, video, client);
  }

  public JoinOptions withToken(String text) {
    return withToken(() -> Optional.of(text));
  }

  public JoinOptions withCa(Optional<Path> certificates) {
    return new JoinOptions(server, robotId, token, certificates, waiting, video, client);
  }

  public JoinOptions withWaiting(boolean whether) {
    return new JoinOptions(server, robotId, token, ca, whether, video, client);
  }

  public JoinOptions withVideo(boolean whether) {
    return new JoinOptions(server, robotId, token, ca, waiting, whether, client);
  }

  public JoinOptions withClient(String id) {
    return new JoinOptions(server, robotId, token, ca, waiting, video, id);
  }
}
