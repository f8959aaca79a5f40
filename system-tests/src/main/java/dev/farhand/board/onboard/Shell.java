package dev.farhand.board.onboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.Writer;

/**
 * A shell that stays: its own {@code kill} needs no new process, so it comes at once. One thread.
 */
final class Shell implements AutoCloseable {
  private final Process process;
  private final Writer stdin;
  private final BufferedReader stdout;

  Shell() throws IOException {
    process = new ProcessBuilder("/bin/sh").redirectError(ProcessBuilder.Redirect.INHERIT).start();
    stdin = process.outputWriter(UTF_8);
    stdout = process.inputReader(UTF_8);
  }

  /** Runs a line that prints one line. */
  String ask(String line) throws IOException {
    stdin.write(line + "\n");
    stdin.flush();
    String answer = stdout.readLine();
    if (answer == null) {
      throw new EOFException("the shell has ended");
    }
    return answer;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
