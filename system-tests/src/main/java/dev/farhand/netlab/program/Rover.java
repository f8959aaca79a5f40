package dev.farhand.netlab.program;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.farhand.netlab.net.Place;
import dev.farhand.netlab.robot.Journal;
import dev.farhand.netlab.robot.LabDriver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A robot of the lab: the real agent with a simulated rover that keeps a journal. One thread. */
public final class Rover implements AutoCloseable {
  private static final Pattern REGISTERED = Pattern.compile("Registered as");

  /** All threads that there are, and none that these start: chrt(1), sched(7). */
  private static final List<String> PUT_FIRST =
      List.of("chrt", "--all-tasks", "--rr", "--reset-on-fork", "--pid", "1");

  private final String id;
  private final Program agent;
  private final Journal journal;

  private Rover(String id, Program agent, Journal journal) {
    this.id = id;
    this.agent = agent;
    this.journal = journal;
  }

  /**
   * How it is equipped.
   *
   * @param camera as in {@code robot.yaml}
   * @param ageMillis as {@link LabDriver} takes it
   * @param javaOptions of the agent
   */
  public record Equipment(String camera, int ageMillis, String javaOptions) {
    /** Without a camera. */
    public static final Equipment PLAIN = new Equipment("none", 0, "");
  }

  /** Starts one; {@link #awaitRegistered} says when it can be joined. */
  public static Rover start(
      Folders folders, SignalingServer server, Place where, String id, Equipment equipment) {
    try {
      Path journal = folders.work(id + ".journal");
      Files.deleteIfExists(journal);
      Path settings = folders.work(id + ".yaml");
      // JSON is YAML too.
      new ObjectMapper()
          .writeValue(settings.toFile(), settings(folders, server, id, journal, equipment));
      Program agent =
          Program.start(
              where,
              folders.work(id + ".log"),
              Map.of("FARHAND_JAVA_OPTS", equipment.javaOptions()),
              List.of(folders.agent().toString(), "run", "--config", settings.toString()));
      return new Rover(id, agent, new Journal(journal));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String id() {
    return id;
  }

  /** What the rover did. */
  public Journal journal() {
    return journal;
  }

  /** Waits until it can be joined; from then on it goes first. */
  public Rover awaitRegistered() {
    String unused = agent.await(REGISTERED);
    putFirst();
    return this;
  }

  /**
   * Lets the agent and its drivers go before all else on this machine, where it may: a robot has a
   * computer to itself, and here it shares one. Programs that start are not part of that.
   */
  public void putFirst() {
    processes().forEach(Rover::putFirst);
  }

  private static void putFirst(ProcessHandle process) {
    List<String> command = new ArrayList<>(PUT_FIRST);
    command.add(String.valueOf(process.pid()));
    try {
      Process unused =
          new ProcessBuilder(command)
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The agent's own process; empty while there is none. */
  public Optional<ProcessHandle> agent() {
    return processes().filter(process -> !isDriver(process)).findFirst();
  }

  /** The driver's; empty while there is none. */
  public Optional<ProcessHandle> driver() {
    return processes().filter(Rover::isDriver).findFirst();
  }

  private Stream<ProcessHandle> processes() {
    return agent.descendants().stream()
        .filter(process -> process.info().command().filter(at -> at.endsWith("/java")).isPresent());
  }

  private static boolean isDriver(ProcessHandle process) {
    return process.info().commandLine().filter(line -> line.contains("DriverMain")).isPresent();
  }

  private static Map<String, Object> settings(
      Folders folders, SignalingServer server, String id, Path journal, Equipment equipment) {
    List<String> driver =
        new ArrayList<>(
            folders.java(
                LabDriver.class,
                List.of("-Xms4m", "-Xmx64m"),
                "dev.farhand.agent.driver.DriverMain",
                "class:" + LabDriver.class.getName()));
    return Map.of(
        "server", server.address().replace("http", "ws"),
        "id", id,
        "token", server.robotToken(),
        "driver",
            Map.of(
                "command",
                driver,
                "settings",
                Map.of("journal", journal.toString(), "ageMillis", equipment.ageMillis())),
        "camera", Map.of("source", equipment.camera()));
  }

  @Override
  public void close() {
    agent.close();
  }
}
