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

/** The whole of Farhand: server and agent from their archives' folders, a driver that echoes. */
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

  static Farhand start(Folders folders) {
    Program server =
        Program.start(
            Place.HERE,
            folders.work("farhand-server.log"),
            Map.of("FARHAND_DATA", folders.work("data").toString()),
            List.of(folders.server().toString(), "run", "--open", "--port", "0"));
    try {
      String port = server.await(LISTENS);
      return new Farhand("http://localhost:" + port, server, agent(folders, port));
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static Program agent(Folders folders, String port) {
    Program agent =
        Program.start(
            Place.HERE,
            folders.work("farhand-agent.log"),
            Map.of(),
            List.of(
                folders.agent().toString(),
                "run",
                "--config",
                config(folders).toString(),
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

  /** Names the driver by its words; JSON is YAML too. */
  private static Path config(Folders folders) {
    List<String> driver =
        folders.java(
            EchoDriver.class,
            List.of("-Xms4m", "-Xmx32m"),
            "dev.farhand.agent.driver.DriverMain",
            "class:" + EchoDriver.class.getName());
    Path config = folders.work("robot.yaml");
    try {
      new ObjectMapper().writeValue(config.toFile(), Map.of("driver", Map.of("command", driver)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return config;
  }

  /** Where the server's pages are. */
  String address() {
    return address;
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
