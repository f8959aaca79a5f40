package dev.farhand.netlab.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.farhand.netlab.net.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The real signaling server, with tokens. One thread.
 *
 * @param address as browsers are given it
 * @param robotToken lets any robot register
 * @param driverToken lets its holder drive any robot
 */
public record SignalingServer(
    String address, String robotToken, String driverToken, Program program)
    implements AutoCloseable {
  private static final Pattern LISTENS = Pattern.compile("listens on .*://[^/ ]+:(\\d+)");

  /**
   * Starts one and waits until it listens.
   *
   * @param host its address there
   * @param port 0 for any
   * @param options more of them
   */
  public static SignalingServer start(
      Folders folders, Place where, String host, int port, List<String> options) {
    Map<String, String> data = Map.of("FARHAND_DATA", folders.work("data").toString());
    String robotToken = token(folders, data, "robot");
    String driverToken = token(folders, data, "driver");
    List<String> command =
        new ArrayList<>(
            List.of(folders.server().toString(), "run", "--port", String.valueOf(port)));
    command.addAll(options);
    Program program = Program.start(where, folders.work("server.log"), data, command);
    try {
      String address = "http://" + host + ":" + program.await(LISTENS);
      return new SignalingServer(address, robotToken, driverToken, program);
    } catch (RuntimeException e) {
      program.close();
      throw e;
    }
  }

  private static String token(Folders folders, Map<String, String> data, String role) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(folders.server().toString(), "token", "--robot", "*", "--role", role)
              .redirectError(folders.work("token.log").toFile());
      builder.environment().putAll(data);
      return new String(builder.start().getInputStream().readAllBytes(), UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
