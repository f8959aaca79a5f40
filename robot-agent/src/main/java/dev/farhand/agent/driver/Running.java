package dev.farhand.agent.driver;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A driver that has been started: its three pipes, and its end. Any thread; nothing here waits. */
interface Running {
  /** Its closing asks for the end. */
  OutputStream stdin();

  InputStream stdout();

  InputStream stderr();

  /** Whether it has ended; waits for so long at most. */
  boolean waitFor(Duration most) throws InterruptedException;

  /** Once it has ended. */
  int exitCode();

  /** Notes what belongs to it, while that can still be told. */
  void remember();

  /** Asks for the end in a way that lets it make its outputs safe. */
  void terminate();

  /** Ends it as far as that is possible, and all that it has started. */
  void kill();

  /** Completes at its end, on any thread. */
  CompletableFuture<Void> ended();
}
