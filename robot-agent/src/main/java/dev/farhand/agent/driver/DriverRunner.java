package dev.farhand.agent.driver;

import dev.farhand.protocol.ChannelMessage.Cause;
import dev.farhand.protocol.InvalidMessage;
import dev.farhand.protocol.JsonCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The driver's side of the pipes, for drivers in Java: reads lines, calls the driver on one thread,
 * and, on its own account, makes the outputs safe at the start, when a motion runs out, when stdin
 * closes and at the end.
 */
final class DriverRunner {
  private static final JsonCodec<ToDriver> IN = new JsonCodec<>(ToDriver.class);
  private static final JsonCodec<FromDriver> OUT = new JsonCodec<>(FromDriver.class);
  private static final String MESSAGE = "{\"type\":\"message\",";

  /**
   * What operators' messages may make a driver write in a second: the messages that one of them may
   * send, and far below the lines that would end the driver.
   */
  private static final int CAUSED_A_SECOND = 200;

  private static final int UNREADABLE_A_SECOND = 20;
  private static final Duration END_LIMIT = Duration.ofMillis(400);

  private final String name;
  private final Driver driver;
  private final DriverOutbox outbox;
  private final PrintStream stderr;
  private final Runnable exit;
  private final Queue<Future<?>> repeating = new ConcurrentLinkedQueue<>();

  /** The reading thread's. */
  private final Allowance unreadable = new Allowance(UNREADABLE_A_SECOND, 0, System::nanoTime);

  private volatile @Nullable Thread thread;

  /** The driver's thread; it owns the fields below. */
  private final ScheduledThreadPoolExecutor loop;

  private final Allowance caused =
      new Allowance(CAUSED_A_SECOND, Integer.MAX_VALUE, System::nanoTime);

  private boolean reading;
  private boolean started;
  private boolean finished;
  private long motionTimeoutNanos;
  private boolean moving;
  private long deadline;
  private Future<?> watch = CompletableFuture.completedFuture(null);

  /**
   * Nothing is started yet.
   *
   * @param exit ends the program, or this part of it, when a task of the driver's has failed;
   *     called on a thread of its own
   */
  DriverRunner(String name, Driver driver, OutputStream stdout, PrintStream stderr, Runnable exit) {
    this.name = name;
    this.driver = driver;
    this.outbox = new DriverOutbox(stdout);
    this.stderr = stderr;
    this.exit = exit;
    this.loop = new ScheduledThreadPoolExecutor(1, this::thread);
  }

  private Thread thread(Runnable task) {
    Thread made = new Thread(task, "driver");
    // One that hangs must not keep alive a program that it is only a part of.
    made.setDaemon(true);
    thread = made;
    return made;
  }

  /** Interrupts what the driver is doing. Any thread. */
  void interrupt() {
    Thread driving = thread;
    if (driving != null) {
      driving.interrupt();
    }
  }

  /**
   * Reads until stdin closes.
   *
   * @return the process's exit code
   */
  int run(InputStream stdin) {
    LineReader lines = LineReader.strict(stdin, Line.MOST_BYTES_TO_DRIVER);
    int code = 0;
    try {
      Optional<String> line = lines.next();
      while (line.isPresent()) {
        Optional<ToDriver> read = decode(line.get());
        if (read.isPresent()) {
          // Taken one by one: a driver that is busy holds up the pipe and fills no memory.
          submit(() -> take(read.get())).get();
        }
        line = lines.next();
      }
    } catch (ExecutionException e) {
      stderr.println("The driver failed: " + said(e.getCause()));
      code = 1;
    } catch (InvalidMessage | IOException e) {
      stderr.println("The agent's line could not be read: " + e.getMessage());
      code = 1;
    } catch (InterruptedException | RejectedExecutionException e) {
      // The process is ending already, on another thread.
      code = 1;
    }
    finish();
    return code;
  }

  /**
   * Empty for an operator's message that is deeper, or whose numbers are longer, than lines may be:
   * what an operator sends must never end a driver.
   *
   * @throws InvalidMessage if the agent itself made the mistake
   */
  private Optional<ToDriver> decode(String line) {
    try {
      return Optional.of(IN.decode(line));
    } catch (InvalidMessage e) {
      // The agent writes the type first, so no motion or stop can look like this.
      if (!line.startsWith(MESSAGE)) {
        throw e;
      }
      String text = "An operator's message could not be read and was dropped: " + e.getMessage();
      if (unreadable.take(0)) {
        outbox.send(new FromDriver.Log(FromDriver.Level.WARNING, text));
      }
      return Optional.empty();
    }
  }

  /** Safe outputs, hardware let go, last lines written. Once; on any thread but the driver's. */
  void finish() {
    try {
      submit(this::end).get(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      stderr.println("The driver failed at its end: " + said(e.getCause()));
    } catch (TimeoutException | InterruptedException e) {
      stderr.println("The driver is stuck and did not come to its end.");
    } catch (RejectedExecutionException e) {
      // Finished before.
    }
    loop.shutdownNow();
    outbox.close(END_LIMIT);
  }

  /**
   * After {@link #run}: waits until the driver has returned from whatever was called last, however
   * long that takes.
   */
  void awaitDriver() {
    boolean gone = false;
    while (!gone) {
      try {
        gone = loop.awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException e) {
        // Its successor waits all the same.
      }
    }
  }

  private Future<?> submit(Step step) {
    return loop.submit(
        () -> {
          step.run();
          return true;
        });
  }

  private void take(ToDriver line) throws Exception {
    if (finished) {
      return; // Read before the end, called after it: the hardware is let go.
    }
    if (!started) {
      if (!(line instanceof ToDriver.Configure configure)) {
        throw new IllegalStateException("the first line must be configure");
      }
      start(configure);
      return;
    }
    stopIfDue();
    if (line instanceof ToDriver.Motion motion) {
      move(motion);
      outbox.send(new FromDriver.Ack(motion.seq()));
    } else if (line instanceof ToDriver.Stop stop) {
      makeSafe();
      outbox.send(new FromDriver.Ack(stop.seq()));
    } else if (line instanceof ToDriver.Opened opened) {
      driver.opened(opened.session(), opened.operator(), opened.role());
    } else if (line instanceof ToDriver.Closed closed) {
      driver.closed(closed.session(), closed.operator(), closed.role());
    } else if (line instanceof ToDriver.Message message) {
      reading = true;
      try {
        read(message);
      } finally {
        reading = false;
      }
    }
  }

  private void read(ToDriver.Message message) throws Exception {
    driver.message(
        message.session(), message.operator(), message.role(), message.data(), message.holder());
  }

  /** Whether a line is dropped because operators' messages have caused too many. */
  private boolean isTooMany() {
    return Thread.currentThread() == thread && reading && !caused.take(0);
  }

  private void start(ToDriver.Configure configure) throws Exception {
    motionTimeoutNanos = TimeUnit.MILLISECONDS.toNanos(configure.motionTimeoutMillis());
    driver.start(configure.settings(), new Link(configure.robot()));
    started = true;
    makeSafe();
    warmUp();
    outbox.send(new FromDriver.Ready(name));
  }

  /** Loads what the first motion needs: on a small board that takes longer than an ack may. */
  private static void warmUp() {
    IN.decode(IN.encode(new ToDriver.Motion(0, 0.5, -0.5, 1)));
    IN.decode(IN.encode(new ToDriver.Stop(0, Cause.IDLE)));
    OUT.encode(new FromDriver.Ack(0));
  }

  private void move(ToDriver.Motion motion) throws Exception {
    long now = System.nanoTime();
    long left = Math.min(motion.until() - now, motionTimeoutNanos);
    if (left <= 0) {
      return;
    }
    deadline = now + left;
    moving = true;
    watch.cancel(false);
    watch = loop.schedule(guarded(() -> {}), left, TimeUnit.NANOSECONDS);
    // After the watch: hardware may take its time.
    driver.move(motion.linear(), motion.angular());
  }

  /** Before anything else the driver does: this process may have been stopped for a while. */
  private void stopIfDue() throws Exception {
    if (moving && System.nanoTime() - deadline >= 0) {
      makeSafe();
    }
  }

  private void makeSafe() throws Exception {
    // In this order: after a stop that failed, the next occasion tries again.
    driver.stop();
    moving = false;
  }

  private void end() throws Exception {
    if (finished) {
      return;
    }
    finished = true;
    if (!started) {
      return;
    }
    repeating.forEach(task -> task.cancel(false));
    try {
      makeSafe();
    } finally {
      driver.close();
    }
  }

  private Runnable guarded(Runnable task) {
    return () -> {
      if (finished) {
        return;
      }
      try {
        stopIfDue();
        task.run();
      } catch (Throwable e) {
        // Errors too: the executor would keep them, and the motion would go on unwatched.
        stderr.println("The driver failed: " + said(e));
        // Exit runs the shutdown hook, which needs this thread.
        new Thread(exit, "driver-exit").start();
      }
    };
  }

  /** A driver's own sentence is for people; of any other failure they want the kind too. */
  private static String said(@Nullable Throwable failure) {
    String sentence = failure instanceof IllegalStateException ? failure.getMessage() : null;
    return sentence == null ? String.valueOf(failure) : sentence;
  }

  private interface Step {
    void run() throws Exception;
  }

  /** The way back, as the driver sees it. Any thread. */
  private final class Link implements AgentLink {
    private final String robotId;

    Link(String robotId) {
      this.robotId = robotId;
    }

    @Override
    public String robotId() {
      return robotId;
    }

    @Override
    public void telemetry(Object values) {
      outbox.telemetry(new FromDriver.Telemetry(DriverOutbox.json(values)));
    }

    @Override
    public void send(String sessionId, Object data) {
      if (!isTooMany()) {
        outbox.send(new FromDriver.Message(sessionId, DriverOutbox.json(data)));
      }
    }

    @Override
    public void sendAll(Object data) {
      if (!isTooMany()) {
        outbox.send(new FromDriver.Message(null, DriverOutbox.json(data)));
      }
    }

    @Override
    public void log(System.Logger.Level level, String text) {
      if (!isTooMany()) {
        outbox.send(new FromDriver.Log(FromDriver.Level.of(level), text));
      }
    }

    @Override
    public void every(Duration period, Runnable task) {
      // A fixed delay, not a rate: after a pause of the process no burst follows.
      repeating.add(
          loop.scheduleWithFixedDelay(
              guarded(task), period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS));
    }
  }
}
