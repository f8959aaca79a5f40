package dev.farhand.system;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** A person at a terminal, which script(1) makes, with the agent's program in it. */
final class Typist implements AutoCloseable {
  private static final String CLEAR = "\r\u001b[K";
  private static final String NO_WRAP = "\u001b[?7l";
  private static final String WRAP = "\u001b[?7h";

  private final Process process;
  private final OutputStream keys;
  private final Path screen;

  private Typist(Process process, Path screen) {
    this.process = process;
    this.keys = process.getOutputStream();
    this.screen = screen;
  }

  static Typist start(Path folder, String... arguments) {
    String command =
        "exec "
            + Stand.AGENT
            + Arrays.stream(arguments).map(word -> " '" + word + "'").collect(Collectors.joining());
    Path screen = folder.resolve("terminal.log");
    try {
      Files.createDirectories(folder);
      return new Typist(
          new ProcessBuilder(
                  Program.hearingInterrupts(List.of("script", "-qec", command, "/dev/null")))
              .redirectErrorStream(true)
              .redirectOutput(screen.toFile())
              .start(),
          screen);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void type(String text) {
    try {
      keys.write(text.getBytes(StandardCharsets.UTF_8));
      keys.flush();
    } catch (IOException e) {
      throw new AssertionError("The terminal has ended:\n" + output(), e);
    }
  }

  /**
   * Holds a key, which the terminal repeats, until something has come to pass; lets go while the
   * robot asks for that, as it does if the key was down before it could follow.
   */
  void hold(String key, BooleanSupplier done) {
    hold(key, done, () -> !toLetGo());
  }

  /** Holds a key until the robot asks to let go of it. */
  void holdUntilTold(String key) {
    hold(key, this::toLetGo, () -> true);
  }

  private void hold(String key, BooleanSupplier done, BooleanSupplier down) {
    Await.until(
        "what holding a key should do",
        Duration.ofSeconds(30),
        () -> {
          if (down.getAsBoolean()) {
            type(key);
          }
          return done.getAsBoolean();
        },
        () -> "on the screen: " + lastLine());
  }

  private boolean toLetGo() {
    return lastLine().contains("Let go of all keys");
  }

  /** What stands at the bottom now. */
  private String lastLine() {
    String all = output();
    int start = all.lastIndexOf(CLEAR);
    return start < 0
        ? ""
        : all.substring(start + CLEAR.length()).replace(NO_WRAP, "").replace(WRAP, "");
  }

  String output() {
    try {
      return Files.readString(screen);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void awaitText(String text) {
    awaitText(text, Duration.ofSeconds(30));
  }

  void awaitText(String text, Duration within) {
    Await.until("'" + text + "' on the terminal", within, () -> output().contains(text));
  }

  int exitStatus(Duration within) {
    try {
      if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("It does not end:\n" + output());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
