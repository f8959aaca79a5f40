package dev.farhand.agent.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.farhand.protocol.ChannelMessage.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A driver process on a loop of its own, and everything that it reports. */
final class Bench implements DriverProcess.Listener, AutoCloseable {
  static final Duration MOTION_TIMEOUT = Duration.ofMillis(300);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  final DriverProcess driver;
  private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
  private final BlockingQueue<Object> reports = new LinkedBlockingQueue<>();
  private final Queue<Object> ever = new ConcurrentLinkedQueue<>();

  Bench(DriverSpec spec) {
    driver = new DriverProcess("rover1", spec, loop, this);
    onLoop(driver::start);
  }

  static DriverSpec shell(String script) {
    return command("/bin/sh", "-c", script);
  }

  static DriverSpec command(String... command) {
    return DriverSpec.ofCommand(
        List.of(command), JsonNodeFactory.instance.objectNode(), MOTION_TIMEOUT);
  }

  static DriverSpec sim() {
    return DriverSpec.builtIn("sim", JsonNodeFactory.instance.objectNode(), MOTION_TIMEOUT);
  }

  /** The same driver, and no busy machine is taken for a fault of it. */
  static DriverSpec patient(DriverSpec spec) {
    return spec.within(Duration.ofSeconds(30), Duration.ofSeconds(5));
  }

  void onLoop(Runnable task) {
    CompletableFuture.runAsync(task, loop).join();
  }

  void motion(double linear, double angular) {
    onLoop(() -> driver.motion(linear, angular, System.nanoTime() + MOTION_TIMEOUT.toNanos()));
  }

  void stop() {
    onLoop(() -> driver.stop(Cause.COMMANDS_LATE));
  }

  /** Waits for a report of this kind; earlier ones of other kinds are forgotten. */
  <T> T next(Class<T> kind, Predicate<T> wanted) {
    List<Object> seen = new ArrayList<>();
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (true) {
        Object report = reports.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (report == null) {
          throw new AssertionError("No such " + kind.getSimpleName() + " came, only " + seen);
        }
        if (kind.isInstance(report) && wanted.test(kind.cast(report))) {
          return kind.cast(report);
        }
        seen.add(report);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  <T> T next(Class<T> kind) {
    return next(kind, report -> true);
  }

  /** Drives 20 times a second until the telemetry is so. */
  JsonNode drivesUntil(double linear, double angular, Predicate<JsonNode> wanted) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() - end < 0) {
      motion(linear, angular);
      JsonNode values = next(Values.class).values();
      if (wanted.test(values)) {
        return values;
      }
    }
    throw new AssertionError("It did not come to that");
  }

  /** Whether nothing of this kind was ever reported, waited for or not. */
  boolean hasNo(Class<?> kind) {
    return ever.stream().noneMatch(kind::isInstance);
  }

  private void report(Object report) {
    ever.add(report);
    reports.add(report);
  }

  @Override
  public void ready(String name) {
    report(new Ready(name));
  }

  @Override
  public void down(DriverFault fault) {
    report(fault);
  }

  @Override
  public void telemetry(JsonNode values) {
    report(new Values(values));
  }

  @Override
  public void message(Optional<String> sessionId, JsonNode data) {
    report(new Message(sessionId, data));
  }

  @Override
  public void log(System.Logger.Level level, String text) {
    report(new Log(level, text));
  }

  @Override
  public void close() {
    onLoop(driver::close);
    driver.ended().orTimeout(5, TimeUnit.SECONDS).join();
    loop.shutdownNow();
  }

  record Ready(String name) {}

  record Values(JsonNode values) {}

  record Message(Optional<String> sessionId, JsonNode data) {}

  record Log(System.Logger.Level level, String text) {}
}
