package dev.farhand.agent.driver;

import dev.farhand.protocol.ChannelMessage.Cause;
import dev.farhand.protocol.JsonCodec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A driver's process and its pipes, with no agent to look after it: it is on its own. */
final class RawDriver implements AutoCloseable {
  private static final JsonCodec<ToDriver> OUT = new JsonCodec<>(ToDriver.class);
  private static final JsonCodec<FromDriver> IN = new JsonCodec<>(FromDriver.class);

  final Process process;
  private final OutputStream stdin;
  private final BufferedReader stdout;
  private long seq;

  RawDriver(DriverSpec spec) throws IOException {
    this(spec, ProcessBuilder.Redirect.INHERIT);
  }

  RawDriver(DriverSpec spec, ProcessBuilder.Redirect stderr) throws IOException {
    process = new ProcessBuilder(spec.command()).redirectError(stderr).start();
    stdin = process.getOutputStream();
    stdout =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    write(new ToDriver.Configure("rover1", spec.settings(), spec.motionTimeout().toMillis()));
    next(FromDriver.Ready.class, ready -> true);
  }

  void write(ToDriver line) throws IOException {
    stdin.write((OUT.encode(line) + "\n").getBytes(StandardCharsets.UTF_8));
    stdin.flush();
  }

  /** Writes a motion; returns its number. */
  long motion(double linear, double angular, long until) throws IOException {
    write(new ToDriver.Motion(++seq, linear, angular, until));
    return seq;
  }

  void stop() throws IOException {
    write(new ToDriver.Stop(++seq, Cause.STOP_PRESSED));
    acknowledged(seq);
  }

  void acknowledged(long number) throws IOException {
    next(FromDriver.Ack.class, ack -> ack.seq() == number);
  }

  /** The next line of this kind that is so; others are dropped. */
  <T extends FromDriver> T next(Class<T> kind, Predicate<T> wanted) throws IOException {
    while (true) {
      String line = stdout.readLine();
      if (line == null) {
        throw new AssertionError("The driver has ended");
      }
      FromDriver read = IN.decode(line);
      if (kind.isInstance(read) && wanted.test(kind.cast(read))) {
        return kind.cast(read);
      }
    }
  }

  void closeStdin() throws IOException {
    stdin.close();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      throw new AssertionError("The driver has not ended");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
