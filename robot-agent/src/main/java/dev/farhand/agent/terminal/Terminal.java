package dev.farhand.agent.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * The terminal that this process was started from, with keys coming one by one and unseen. Made and
 * ended by the system's {@code stty}: that is all that driving needs. Ctrl-C still ends the
 * process. Any thread.
 */
public final class Terminal implements AutoCloseable {
  private static final File TTY = new File("/dev/tty");
  private static final Pattern DEVICE = Pattern.compile("/dev/(pts/.*|tty.*|console)");

  private final String before;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Terminal(String before) {
    this.before = before;
  }

  /** Whether a person types into stdin and reads stdout. */
  public static boolean isHere() {
    return isTerminal(0) && isTerminal(1);
  }

  /**
   * Has keys come one by one.
   *
   * @throws IOException if the terminal does not let us
   */
  public static Terminal raw() throws IOException {
    Terminal terminal = new Terminal(stty("-g").strip());
    // Stopping by Ctrl-Z would leave the shell with a terminal like this.
    stty("-icanon", "-echo", "min", "1", "time", "0", "susp", "undef");
    return terminal;
  }

  /** As it was. A second time does nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        stty(before);
      } catch (IOException e) {
        // It has gone, and its settings with it.
      }
    }
  }

  private static boolean isTerminal(int descriptor) {
    try {
      Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
      return DEVICE.matcher(target.toString()).matches();
    } catch (IOException e) {
      return false;
    }
  }

  private static String stty(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("stty"));
    command.addAll(List.of(arguments));
    Process stty =
        new ProcessBuilder(command)
            .redirectInput(TTY)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      String output = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!stty.waitFor(5, TimeUnit.SECONDS) || stty.exitValue() != 0) {
        throw new IOException("stty failed");
      }
      return output;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      stty.destroy();
    }
  }
}
