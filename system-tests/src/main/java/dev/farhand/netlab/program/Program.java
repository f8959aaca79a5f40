package dev.farhand.netlab.program;

import dev.farhand.netlab.net.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A program somewhere, its output in a file. Ends with all that it has started, or with us. */
public final class Program implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Process process;
  private final Path log;
  private final Thread atExit = new Thread(this::end, "end-of-program");

  private Program(Process process, Path log) {
    this.process = process;
    this.log = log;
    try {
      Runtime.getRuntime().addShutdownHook(atExit);
    } catch (IllegalStateException e) {
      end(); // we are ending ourselves
      throw e;
    }
  }

  /**
   * Starts it.
   *
   * @param environment on top of our own
   */
  public static Program start(
      Place where, Path log, Map<String, String> environment, List<String> command) {
    try {
      Files.deleteIfExists(log);
      ProcessBuilder builder =
          new ProcessBuilder(where.command(command))
              .redirectErrorStream(true)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(log.toFile());
      builder.environment().putAll(environment);
      return new Program(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its first process; what is started from an archive's folder has others below it. */
  public ProcessHandle process() {
    return process.toHandle();
  }

  /** What it has started, and has not ended yet. */
  public List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  /** Waits for a line that has this in it, and gives its first group, or else all of it. */
  public String await(Pattern line) {
    Matcher found =
        Await.value(
            log.getFileName() + " says '" + line + "'; it said: " + output(),
            PATIENCE,
            () -> {
              Matcher matcher = line.matcher(output());
              if (matcher.find()) {
                return Optional.of(matcher);
              } else if (!process.isAlive()) {
                throw new IllegalStateException(log.getFileName() + " ended:\n" + output().strip());
              }
              return Optional.empty();
            });
    return found.groupCount() == 0 ? found.group() : found.group(1);
  }

  private String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks it to end, and makes it. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // We are ending already.
    }
    end();
  }

  private void end() {
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
