package dev.farhand.netlab.program;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.farhand.netlab.net.Place;
import dev.farhand.netlab.operator.Event;
import dev.farhand.netlab.operator.LabOperator;
import dev.farhand.netlab.operator.Order;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/** A {@link LabOperator}: the operators of one network. One thread; a second one listens to it. */
public final class Pilot implements AutoCloseable {
  private static final Duration SETTLING = Duration.ofSeconds(3);
  private static final Duration LEAVING = Duration.ofSeconds(5);

  private final ObjectMapper json = new ObjectMapper();
  private final SignalingServer server;
  private final Process process;
  private final Writer stdin;
  private final Queue<Event> events = new ConcurrentLinkedQueue<>();

  private Pilot(SignalingServer server, Process process) {
    this.server = server;
    this.process = process;
    this.stdin = process.outputWriter(StandardCharsets.UTF_8);
    new Thread(this::read, "pilot-" + process.pid()).start();
  }

  public static Pilot start(
      Folders folders, SignalingServer server, Place where, String name, List<String> javaOptions) {
    List<String> options = new ArrayList<>(List.of("-Xmx256m"));
    options.addAll(javaOptions);
    try {
      ProcessBuilder builder =
          new ProcessBuilder(
                  where.command(
                      folders.java(LabOperator.class, options, LabOperator.class.getName())))
              .redirectError(folders.work("operator-" + name + ".log").toFile());
      builder.environment().putAll(Folders.MEMORY);
      return new Pilot(server, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its process, of which it is all. */
  public ProcessHandle process() {
    return process.toHandle();
  }

  /** Begins to join a robot; {@link #opened} says when that is done. */
  public void join(String robot, boolean video) {
    order(new Order.Join(robot, server.address(), server.driverToken(), video));
  }

  /** Joins without video, looks how it went, and leaves again. */
  public Joined tryJoin(String robot, Duration within) {
    join(robot, false);
    try {
      return opened(robot, within).map(open -> joined(robot, open.millis())).orElse(Joined.FAILED);
    } finally {
      leave(robot);
    }
  }

  /** The same for those who only want to know how long it takes; empty if it did not come about. */
  public OptionalDouble timeJoin(String robot, Duration within) {
    join(robot, false);
    try {
      return opened(robot, within).stream().mapToDouble(Event.Open::millis).findFirst();
    } finally {
      leave(robot);
    }
  }

  /** What connects first may be a relay; a better path takes its place when it has been found. */
  private Joined joined(String robot, double millis) {
    Optional<Event.Path> direct =
        await(
            Event.Path.class,
            event ->
                event instanceof Event.Path path && path.robot().equals(robot) && !path.relayed(),
            SETTLING);
    return direct
        .or(() -> await(Event.Path.class, event -> event.robot().equals(robot), Duration.ZERO))
        .map(
            path ->
                new Joined(
                    true, path.relayed(), path.localType() + " to " + path.remoteType(), millis))
        .orElse(new Joined(true, true, "unknown", millis));
  }

  /** How long the join took; empty if it did not come about. */
  public Optional<Event.Open> opened(String robot, Duration within) {
    return await(Event.Open.class, event -> event.robot().equals(robot), within);
  }

  /** Leaves, and forgets what was heard of this robot. */
  public void leave(String robot) {
    order(new Order.Leave(robot));
    Optional<Event.Left> unused =
        await(Event.Left.class, event -> event.robot().equals(robot), LEAVING);
    events.removeIf(event -> event.robot().equals(robot));
  }

  public void drive(String robot, boolean on) {
    order(new Order.Drive(robot, on));
  }

  public void talk(String robot, boolean on) {
    order(new Order.Talk(robot, on));
  }

  public void say(String robot, int bytes) {
    order(new Order.Say(robot, bytes));
  }

  public void watch(String robot) {
    order(new Order.Watch(robot, true));
  }

  /** Ends a {@link #watch}: what was seen. */
  public Event.Ages watched(String robot) {
    order(new Order.Watch(robot, false));
    Event.Ages ages =
        await(Event.Ages.class, event -> event.robot().equals(robot), LEAVING).orElseThrow();
    events.remove(ages);
    return ages;
  }

  private <T extends Event> Optional<T> await(
      Class<T> kind, Predicate<Event> which, Duration within) {
    return Await.maybe(
        within,
        () ->
            events.stream()
                .filter(event -> kind.isInstance(event) && which.test(event))
                .reduce((older, newer) -> newer)
                .map(kind::cast));
  }

  private void order(Order order) {
    try {
      stdin.write(json.writeValueAsString(order) + "\n");
      stdin.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        events.add(json.readValue(line, Event.class));
      }
    } catch (IOException e) {
      // The program has ended; whoever waits for it will see.
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
