package dev.farhand.agent;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code farhand-agent} as a process of its own. */
final class ChildAgent implements AutoCloseable {
  private static final String CLEAR = "\u001b[K";

  /** All that it has printed. One thread writes it. */
  private volatile String output = "";

  private volatile boolean ended;
  private final Process process;
  private final Thread reader = new Thread(this::read, "child-output");

  /** Starts it with this class path; what it prints, on both streams, is kept. */
  static ChildAgent start(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    ChildAgent agent = new ChildAgent(process(folder, environment, command(arguments)));
    agent.readInBackground();
    return agent;
  }

  /** The same with a whole command line of one's own. */
  static ChildAgent startProgram(Path folder, Map<String, String> environment, List<String> command)
      throws IOException {
    ChildAgent agent = new ChildAgent(process(folder, environment, command));
    agent.readInBackground();
    return agent;
  }

  /** The same, but nobody reads what it prints. */
  static ChildAgent startUnread(Path folder, String... arguments) throws IOException {
    return new ChildAgent(process(folder, Map.of(), command(arguments)));
  }

  /**
   * The same at a terminal of its own: script(1) makes one. What is typed is what the terminal
   * sends; when the agent has ended, the terminal tells its settings. Ctrl-C reaches the shell too,
   * and not every shell lives on by itself.
   */
  static ChildAgent startAtTerminal(Path folder, String... arguments) throws IOException {
    String line =
        command(arguments).stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" ", "trap : INT; ", "; echo status=$?; stty -a"));
    ChildAgent agent =
        new ChildAgent(process(folder, Map.of(), List.of("script", "-qec", line, "/dev/null")));
    agent.readInBackground();
    return agent;
  }

  private static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  private static Process process(Path folder, Map<String, String> environment, List<String> command)
      throws IOException {
    // Whoever runs the tests in the background has them ignore keys, which children inherit.
    List<String> hearing = new ArrayList<>(List.of("env", "--default-signal=INT,QUIT,TSTP"));
    hearing.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(hearing).directory(folder.toFile()).redirectErrorStream(true);
    // Nothing of this machine's own settings, nor of the person's who runs the tests.
    builder.environment().keySet().removeIf(name -> name.startsWith("FARHAND_"));
    builder.environment().keySet().removeAll(Set.of("INVOCATION_ID", "SYSTEMD_EXEC_PID"));
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private ChildAgent(Process process) {
    this.process = process;
  }

  private void readInBackground() {
    reader.setDaemon(true);
    reader.start();
  }

  /** Into its stdin, as it stands. */
  void type(String text) throws IOException {
    process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  void endInput() throws IOException {
    process.getOutputStream().close();
  }

  boolean awaitLine(Predicate<String> wanted) throws InterruptedException {
    return Await.until(() -> lines().stream().anyMatch(wanted));
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

  /** What stands at the bottom of its terminal now. */
  String bottom() {
    String all = output;
    return all.substring(all.lastIndexOf(CLEAR) + 1);
  }

  /** Whether it has printed this, also on a line that is not finished. */
  boolean shows(String part) {
    return output.contains(part);
  }

  List<String> lines() {
    // Asked for first: then nothing comes after what is read.
    boolean whole = ended;
    String all = output;
    int finished = Math.max(all.lastIndexOf('\n'), all.lastIndexOf('\r')) + 1;
    return (whole ? all : all.substring(0, finished)).lines().toList();
  }

  /** SIGTERM. By the handle, because {@link Process#destroy} would close the pipes as well. */
  void terminate() {
    process.toHandle().destroy();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
  }

  /** This process and all below it. */
  List<ProcessHandle> processes() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
  }

  /** The same, of those whose command line has this word. */
  List<ProcessHandle> processes(String word) {
    return processes().stream()
        .filter(
            handle ->
                List.of(read(Path.of("/proc/" + handle.pid() + "/cmdline")).split("\0", -1))
                    .contains(word))
        .toList();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for its end and for all of its output. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("It does not end: " + output);
    }
    // Not for long: a process below it may keep the pipe.
    reader.join(5000);
    return process.exitValue();
  }

  @Override
  public void close() {
    processes().forEach(ProcessHandle::destroyForcibly);
  }

  private void read() {
    try (Reader printed = process.inputReader()) {
      char[] some = new char[4096];
      for (int count = printed.read(some); count >= 0; count = printed.read(some)) {
        output = output.concat(new String(some, 0, count));
      }
    } catch (IOException e) {
      output = output.concat("\n(its output ended: " + e.getMessage() + ")\n");
    }
    ended = true;
  }
}
