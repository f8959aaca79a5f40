package dev.farhand.netlab.net;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A cable between two namespaces that can be made slow, lossy or narrow while it is in use: the
 * program {@code link.py}, which explains the figures. One thread.
 */
public final class Link implements AutoCloseable {
  private final Process process;
  private final BufferedReader words;

  private Link(Process process) {
    this.process = process;
    this.words = process.inputReader(StandardCharsets.UTF_8);
  }

  static Link lay(Path script, Namespace one, String face, Namespace other, String otherFace) {
    try {
      Link link =
          new Link(
              new ProcessBuilder(
                      "/usr/bin/python3",
                      "-B",
                      script.toString(),
                      one.name() + ":" + face,
                      other.name() + ":" + otherFace)
                  .redirectError(ProcessBuilder.Redirect.INHERIT)
                  .start());
      link.expect("ready");
      return link;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes it like this, both ways, from now on: {@code {"delay": 60, "loss": 5}}. */
  public void set(String json) {
    try {
      Writer stdin = process.outputWriter(StandardCharsets.UTF_8);
      stdin.write(json + "\n");
      stdin.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    expect("set");
  }

  private void expect(String word) {
    try {
      String line = words.readLine();
      if (!word.equals(line)) {
        throw new IllegalStateException("link.py said '" + line + "' instead of '" + word + "'.");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
