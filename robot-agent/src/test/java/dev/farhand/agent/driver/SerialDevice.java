package dev.farhand.agent.driver;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The far end of a real pseudo-terminal, in a process of its own ({@code serial-device.py}): plays
 * the microcontroller. ISO 8859-1 stands for bytes here, one letter each.
 */
final class SerialDevice implements AutoCloseable {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

  final Path port;
  private final Process process;
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream got = new ByteArrayOutputStream();
  private int read;

  SerialDevice(Path folder) throws Exception {
    port = folder.resolve("port");
    URL script = Objects.requireNonNull(SerialDevice.class.getResource("serial-device.py"));
    process =
        new ProcessBuilder("python3", Path.of(script.toURI()).toString(), port.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Thread reader = new Thread(this::listen, "serial-device");
    reader.setDaemon(true);
    reader.start();
    await("ready");
  }

  /** What the device has got so far and no test has looked at, up to and with this text. */
  String reads(String text) {
    long end = System.nanoTime() + PATIENCE;
    while (true) {
      String all = unread();
      int at = all.indexOf(text);
      if (at >= 0) {
        read += at + text.length();
        return all.substring(0, at + text.length());
      }
      if (!collect(end)) {
        throw new AssertionError("'" + text + "' did not come, only '" + all + "'");
      }
    }
  }

  /** The next letters, as many as these are. */
  String next(int letters) {
    long end = System.nanoTime() + PATIENCE;
    while (unread().length() < letters) {
      if (!collect(end)) {
        throw new AssertionError("Only '" + unread() + "' came");
      }
    }
    String next = unread().substring(0, letters);
    read += letters;
    return next;
  }

  /** Forgets what has come. */
  void forget() {
    while (collect(System.nanoTime())) {
      // One more.
    }
    read = got.size();
  }

  void sends(String letters) {
    command("send " + HexFormat.of().formatHex(letters.getBytes(StandardCharsets.ISO_8859_1)));
  }

  void readsNoMore() {
    command("deaf");
  }

  void readsAgain() {
    command("hear");
  }

  /** All that has come and no test has looked at. */
  String rest() {
    while (collect(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500))) {
      // One more.
    }
    String rest = unread();
    read = got.size();
    return rest;
  }

  void isUnplugged() {
    command("unplug");
  }

  void isPluggedIn() {
    command("plug");
  }

  private void command(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await("done");
  }

  private void await(String word) {
    long end = System.nanoTime() + PATIENCE;
    while (true) {
      String line = poll(end);
      if (line == null) {
        throw new AssertionError("The device does not answer");
      }
      if (line.equals(word)) {
        return;
      }
      keep(line);
    }
  }

  private boolean collect(long end) {
    String line = poll(end);
    if (line != null) {
      keep(line);
    }
    return line != null;
  }

  private @Nullable String poll(long end) {
    try {
      return told.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void keep(String line) {
    got.writeBytes(HexFormat.of().parseHex(line.substring("got ".length())));
  }

  private String unread() {
    return got.toString(StandardCharsets.ISO_8859_1).substring(read);
  }

  private void listen() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        told.add(line);
      }
    } catch (IOException e) {
      // Killed.
    }
  }

  /** Waits for its end, with which what the port's link leads to vanishes. */
  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().join();
    Files.deleteIfExists(port);
  }
}
