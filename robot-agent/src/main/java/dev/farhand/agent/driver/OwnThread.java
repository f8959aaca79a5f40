package dev.farhand.agent.driver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A driver on a thread of this process, behind the same pipes as one in a process of its own. All
 * that can be done to one that hangs is to interrupt it.
 */
final class OwnThread implements Running {
  private final Pipe in = Pipe.open();
  private final Pipe out = Pipe.open();
  private final Pipe err = Pipe.open();
  private final OutputStream stdin = Channels.newOutputStream(in.sink());
  private final InputStream stdout = Channels.newInputStream(out.source());
  private final InputStream stderr = Channels.newInputStream(err.source());
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private final DriverRunner runner;
  private final PrintStream errors;
  private volatile boolean failed;

  private OwnThread(String name, Driver driver) throws IOException {
    errors = new PrintStream(Channels.newOutputStream(err.sink()), true, StandardCharsets.UTF_8);
    runner =
        new DriverRunner(
            name, driver, Channels.newOutputStream(out.sink()), errors, this::failedByItself);
  }

  /**
   * Makes the driver and starts it.
   *
   * @throws IOException if there are no pipes left, or the driver cannot be made
   */
  static OwnThread start(String name, Supplier<? extends Driver> maker) throws IOException {
    Driver driver;
    try {
      driver = maker.get();
    } catch (RuntimeException | LinkageError e) {
      throw new IOException("The driver cannot be made: " + e, e);
    }
    OwnThread started = new OwnThread(name, driver);
    Thread thread = new Thread(started::run, "driver-" + name);
    thread.setDaemon(true);
    thread.start();
    return started;
  }

  @Override
  public OutputStream stdin() {
    return stdin;
  }

  @Override
  public InputStream stdout() {
    return stdout;
  }

  @Override
  public InputStream stderr() {
    return stderr;
  }

  @Override
  public boolean waitFor(Duration most) throws InterruptedException {
    try {
      ended.get(most.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public int exitCode() {
    return ended.join();
  }

  @Override
  public void remember() {
    // It has started nothing that could be found.
  }

  @Override
  public void terminate() {
    // Its stdin has been closed: there are no signals here.
  }

  @Override
  public void kill() {
    runner.interrupt();
    close(stdin);
  }

  @Override
  public CompletableFuture<Void> ended() {
    return ended.thenAccept(code -> {});
  }

  private void run() {
    // Should the program end without a word, the outputs are still made safe.
    Thread hook = new Thread(runner::finish, "driver-end");
    Runtime.getRuntime().addShutdownHook(hook);
    int code = 1;
    try {
      code = runner.run(Channels.newInputStream(in.source()));
      code = failed ? 1 : code;
    } finally {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // It runs already.
      }
      errors.close();
      close(in.source());
      close(out.sink());
      // A successor would find the hardware in use.
      runner.awaitDriver();
      ended.complete(code);
    }
  }

  /** What ends a process of its own at once, ends this one as if the agent had closed stdin. */
  private void failedByItself() {
    failed = true;
    close(stdin);
  }

  private static void close(AutoCloseable end) {
    try {
      end.close();
    } catch (Exception e) {
      // It is of no use any more in either case.
    }
  }
}
