package dev.farhand.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One of Farhand's programs as a process of its own, its output in a file. */
final class Program implements AutoCloseable {
  private final Process process;
  private final Path log;

  private Program(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static Program start(Path log, List<String> command, Map<String, String> environment) {
    ProcessBuilder builder =
        new ProcessBuilder(hearingInterrupts(command))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().putAll(environment);
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      Files.deleteIfExists(log);
      return new Program(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whoever runs the tests in the background has them ignore Ctrl-C, which children inherit. */
  static List<String> hearingInterrupts(List<String> command) {
    List<String> hearing = new ArrayList<>(List.of("env", "--default-signal=INT"));
    hearing.addAll(command);
    return hearing;
  }

  String output() {
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for a line that contains this; fails with the output when the program ends first. */
  String awaitLine(String part) {
    return Await.value(
        "a line with '" + part + "' in " + log.getFileName(),
        Duration.ofSeconds(30),
        () -> {
          var line = output().lines().filter(l -> l.contains(part)).findFirst();
          if (line.isEmpty() && !process.isAlive()) {
            throw new AssertionError(
                log.getFileName() + " ended with " + process.exitValue() + ":\n" + output());
          }
          return line;
        });
  }

  long pid() {
    return process.pid();
  }

  boolean alive() {
    return process.isAlive();
  }

  /** This process and all below it whose command line contains the part. */
  Stream<ProcessHandle> processes(String part) {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .filter(handle -> commandLine(handle).contains(part));
  }

  /** The one process, this or below it, whose command line contains the part. */
  ProcessHandle process(String part) {
    return Await.value(
        "a process with '" + part + "'", Duration.ofSeconds(10), () -> processes(part).findFirst());
  }

  int exitStatus(Duration within) {
    try {
      if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(log.getFileName() + " did not end within " + within);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Asks it to end, as systemd would. */
  void terminate() {
    process.destroy();
  }

  /** {@code /proc/PID/cmdline}: {@link ProcessHandle.Info} cuts long ones. */
  static String commandLine(ProcessHandle handle) {
    try {
      return Files.readString(Path.of("/proc/" + handle.pid() + "/cmdline")).replace('\0', ' ');
    } catch (IOException e) {
      return ""; // it has ended meanwhile
    }
  }

  static void signal(ProcessHandle handle, String signal) {
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(handle.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    process.destroy();
    try {
      process.waitFor(3, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    all.forEach(ProcessHandle::destroyForcibly);
  }
}
