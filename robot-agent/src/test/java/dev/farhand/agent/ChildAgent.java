package dev.farhand.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** {@code farhand-agent} as a process of its own. */
final class ChildAgent implements AutoCloseable {
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Process process;

  /** Starts it with this class path; what it prints, on both streams, is kept. */
  static ChildAgent start(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    ChildAgent agent = new ChildAgent(process(folder, environment, arguments));
    Thread reader = new Thread(agent::read, "child-output");
    reader.setDaemon(true);
    reader.start();
    return agent;
  }

  /** The same, but nobody reads what it prints. */
  static ChildAgent startUnread(Path folder, String... arguments) throws IOException {
    return new ChildAgent(process(folder, Map.of(), arguments));
  }

  private static Process process(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    // Nothing of this machine's own settings, nor of the person's who runs the tests.
    builder.environment().keySet().removeIf(name -> name.startsWith("FARHAND_"));
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private ChildAgent(Process process) {
    this.process = process;
  }

  boolean awaitLine(Predicate<String> wanted) throws InterruptedException {
    return Await.until(() -> lines.stream().anyMatch(wanted));
  }

  /** Waits until its loop hangs in a write to a pipe that nobody reads: proc(5), wchan. */
  boolean awaitLoopHangingInWrite() throws InterruptedException {
    return Await.until(
        () -> {
          try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
            return threads.anyMatch(
                thread ->
                    read(thread.resolve("comm")).strip().equals("farhand-agent")
                        && read(thread.resolve("wchan")).contains("pipe_write"));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      // The thread has ended.
      return "";
    }
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  /** SIGTERM. By the handle, because {@link Process#destroy} would close the pipes as well. */
  void terminate() {
    process.toHandle().destroy();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for its end and for all of its output. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new IllegalStateException("It does not end: " + lines);
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void read() {
    try (BufferedReader reader = process.inputReader()) {
      reader.lines().forEach(lines::add);
    } catch (IOException e) {
      lines.add("(its output ended: " + e.getMessage() + ")");
    }
  }
}
