package dev.farhand.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.farhand.netlab.net.Place;
import dev.farhand.netlab.program.Folders;
import dev.farhand.netlab.program.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The whole of Farhand: server and agent from their archives' folders. */
final class Farhand implements Contender {
  private static final Pattern LISTENS = Pattern.compile("listens on .*://[^/ ]+:(\\d+)");
  private static final Pattern REGISTERED = Pattern.compile("Registered as bench");

  private final String address;
  private final Program server;
  private final Program agent;

  private Farhand(String address, Program server, Program agent) {
    this.address = address;
    this.server = server;
    this.agent = agent;
  }

  /** With a driver that echoes. */
  static Farhand start(Folders folders) {
    List<String> echo =
        folders.java(
            EchoDriver.class,
            List.of("-Xms4m", "-Xmx32m"),
            "dev.farhand.agent.driver.DriverMain",
            "class:" + EchoDriver.class.getName());
    return start(folders, Map.of("driver", Map.of("command", echo)));
  }

  /**
   * With these drivers.
   *
   * @param settings as {@code robot.yaml} has them
   */
  static Farhand start(Folders folders, Map<String, Object> settings) {
    Program server =
        Program.start(
            Place.HERE,
            folders.work("farhand-server.log"),
            Map.of("FARHAND_DATA", folders.work("data").toString()),
            List.of(folders.server().toString(), "run", "--open", "--port", "0"));
    try {
      String port = server.await(LISTENS);
      return new Farhand("http://localhost:" + port, server, agent(folders, port, settings));
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static Program agent(Folders folders, String port, Map<String, Object> settings) {
    Program agent =
        Program.start(
            Place.HERE,
            folders.work("farhand-agent.log"),
            Map.of(),
            List.of(
                folders.agent().toString(),
                "run",
                "--config",
                config(folders, settings).toString(),
                "--server",
                "ws://localhost:" + port,
                "--id",
                "bench",
                "--camera",
                "test"));
    try {
      String unused = agent.await(REGISTERED);
      return agent;
    } catch (RuntimeException e) {
      agent.close();
      throw e;
    }
  }

  private static Path config(Folders folders, Map<String, Object> settings) {
    Path config = folders.work("robot.yaml");
    try {
      // JSON is YAML too.
      new ObjectMapper().writeValue(config.toFile(), settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return config;
  }

  /** Where the server's pages are. */
  String address() {
    return address;
  }

  /** What the agent consists of: itself, and its drivers. */
  List<ProcessHandle> robot() {
    return agent.descendants();
  }

  @Override
  public String name() {
    return "Farhand";
  }

  @Override
  public String opening() {
    return "join('bench')";
  }

  @Override
  public void close() {
    agent.close();
    server.close();
  }
}
