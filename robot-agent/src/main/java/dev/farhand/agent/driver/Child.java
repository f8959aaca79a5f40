package dev.farhand.agent.driver;

import dev.farhand.agent.driver.DriverFault.Code;
import dev.farhand.protocol.InvalidMessage;
import dev.farhand.protocol.JsonCodec;
import dev.farhand.protocol.OneLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One run of a driver and its three pipes. Its methods and its events are confined to the agent's
 * loop; threads of its own do what may block: write stdin, read stdout and stderr, wait for the
 * end.
 */
final class Child {
  private static final JsonCodec<FromDriver> IN = new JsonCodec<>(FromDriver.class);
  private static final JsonCodec<ToDriver> OUT = new JsonCodec<>(ToDriver.class);

  /** More than a busy driver writes (30 telemetry, 20 acks, some logs), times ten. */
  private static final int LINES_A_SECOND = 1000;

  private static final long BYTES_A_SECOND = 2L * 1024 * 1024;
  private static final int STDERR_LINES_A_SECOND = 50;
  private static final int STDERR_LINE_BYTES = 1024;
  private static final int WAITING_LINES = 256;
  private static final long WAITING_LETTERS = 1024 * 1024;
  private static final Duration REMEMBER_EVERY = Duration.ofSeconds(5);
  private static final long DRAIN_MILLIS = 200;
  private static final int SHOWN = 80;

  private static final Waiting END = new Waiting(Optional.empty(), "");

  private final Running running;
  private final Executor loop;
  private final Events events;
  private final LinkedBlockingDeque<Waiting> waiting = new LinkedBlockingDeque<>(WAITING_LINES);
  private final AtomicLong waitingLetters = new AtomicLong();
  private boolean silenced;

  private Child(Running running, Executor loop, Events events) {
    this.running = running;
    this.loop = loop;
    this.events = events;
  }

  /**
   * Starts the driver.
   *
   * @throws IOException if there is no such program, or it may not be run
   */
  static Child start(DriverSpec spec, Executor loop, Events events) throws IOException {
    Child child = new Child(run(spec), loop, events);
    Thread stdout = thread(spec, "stdout", child::readLines);
    Thread stderr = thread(spec, "stderr", child::readErrors);
    thread(spec, "stdin", child::writeLines);
    thread(spec, "end", () -> child.reportEnd(stdout, stderr));
    return child;
  }

  private static Running run(DriverSpec spec) throws IOException {
    return spec.launch() instanceof Launch.InProcess here
        ? OwnThread.start(spec.name(), here.maker())
        : OwnProcess.start(spec.command());
  }

  private void reportEnd(Thread stdout, Thread stderr) throws InterruptedException {
    while (!running.waitFor(REMEMBER_EVERY)) {
      running.remember();
    }
    int code = running.exitCode();
    // However it ended: its writing thread ends too.
    waiting.clear();
    waiting.offerFirst(END);
    // A grandchild may hold the pipes open; what the driver itself wrote is read by then.
    stdout.join(DRAIN_MILLIS);
    stderr.join(DRAIN_MILLIS);
    handOver(() -> events.exited(code));
    execute(events::gone);
  }

  /** Writes a line after those that wait. False if too many wait: the driver doesn't read. */
  boolean write(ToDriver line) {
    return waiting.offerLast(wait(line));
  }

  /** Writes a line before those that wait. No message that a stop overtakes has power after it. */
  boolean writeFirst(ToDriver line) {
    if (line instanceof ToDriver.Stop) {
      List<Waiting> overtaken = new ArrayList<>();
      waiting.drainTo(overtaken);
      overtaken.forEach(one -> waiting.offerLast(withoutPower(one)));
    }
    return waiting.offerFirst(wait(line));
  }

  private Waiting wait(ToDriver line) {
    String text = OUT.encode(line);
    waitingLetters.addAndGet(text.length());
    return new Waiting(Optional.of(line), text);
  }

  private Waiting withoutPower(Waiting one) {
    if (one.line.isPresent()
        && one.line.get() instanceof ToDriver.Message message
        && message.holder()) {
      waitingLetters.addAndGet(-one.text.length());
      return wait(
          new ToDriver.Message(
              message.session(), message.operator(), message.role(), message.data(), false));
    }
    return one;
  }

  /** Whether lines that matter less should be dropped. */
  boolean congested() {
    return waiting.size() > WAITING_LINES / 2 || waitingLetters.get() > WAITING_LETTERS;
  }

  /** Closes stdin after what waits: the driver makes its outputs safe and ends. */
  void end() {
    if (!waiting.offerLast(END)) {
      kill();
    }
  }

  /** Asks for the end in both ways that make a driver's outputs safe: no stdin, and SIGTERM. */
  void terminate() {
    waiting.clear();
    end();
    running.terminate();
  }

  /** Ends it and what it has started, now. */
  void kill() {
    running.kill();
  }

  /** Notes who belongs to it: once it is gone, nobody can tell. */
  void remember() {
    running.remember();
  }

  /** Of its events, only stderr and the last come from now on. */
  void silence() {
    silenced = true;
  }

  /** Completes when it has ended, on any thread. */
  CompletableFuture<Void> ended() {
    return running.ended();
  }

  private void writeLines() throws IOException, InterruptedException {
    try (OutputStream stdin = running.stdin()) {
      while (true) {
        Waiting next = waiting.takeFirst();
        if (next.line.isEmpty()) {
          return;
        }
        stdin.write((next.text + "\n").getBytes(StandardCharsets.UTF_8));
        stdin.flush();
        waitingLetters.addAndGet(-next.text.length());
      }
    }
  }

  private void readLines() throws IOException {
    try (InputStream stdout = running.stdout()) {
      read(stdout);
      // After a fault: a driver that has to wait for a reader could not make its outputs safe.
      stdout.transferTo(OutputStream.nullOutputStream());
    }
  }

  private void read(InputStream stdout) throws IOException {
    Allowance allowance = new Allowance(LINES_A_SECOND, BYTES_A_SECOND, System::nanoTime);
    LineReader lines = LineReader.strict(stdout, Line.MOST_BYTES);
    Optional<String> line = Optional.empty();
    try {
      line = lines.next();
      while (line.isPresent()) {
        if (!allowance.take(line.get().length())) {
          fault(Code.FLOOD, "The driver writes more than " + LINES_A_SECOND + " lines a second.");
          return;
        }
        FromDriver read = IN.decode(line.get());
        handOver(() -> events.line(read));
        line = lines.next();
      }
      handOver(events::outputClosed);
    } catch (LineReader.TooLong e) {
      fault(Code.LINE_TOO_LONG, "The driver wrote a line of more than 64 KiB.");
    } catch (InvalidMessage e) {
      fault(
          Code.BAD_LINE,
          "The driver wrote on stdout what is not of the protocol: "
              + line.map(Child::shown).orElse("")
              + " -- "
              + e.reason()
              + " Its messages to people belong on stderr.");
    }
  }

  private static String shown(String line) {
    String begin = line.length() > SHOWN ? line.substring(0, SHOWN) + " …" : line;
    return OneLine.of(begin);
  }

  private void readErrors() throws IOException {
    Allowance allowance = new Allowance(STDERR_LINES_A_SECOND, Integer.MAX_VALUE, System::nanoTime);
    try (InputStream stderr = running.stderr()) {
      LineReader lines = LineReader.cutting(stderr, STDERR_LINE_BYTES);
      boolean told = true;
      Optional<String> line = lines.next();
      while (line.isPresent()) {
        String text = line.get();
        if (allowance.take(0)) {
          told = false;
          execute(() -> events.stderr(text));
        } else if (!told) {
          told = true;
          execute(
              () -> events.stderr("(more on stderr than fits into this log; some was dropped)"));
        }
        line = lines.next();
      }
    }
  }

  private void fault(Code code, String reason) {
    handOver(() -> events.fault(new DriverFault(code, reason)));
  }

  private void handOver(Runnable event) {
    execute(
        () -> {
          if (!silenced) {
            event.run();
          }
        });
  }

  private void execute(Runnable event) {
    try {
      loop.execute(event);
    } catch (RejectedExecutionException e) {
      // The agent has ended its loop: nobody is left to listen to this child.
      running.kill();
    }
  }

  private static Thread thread(DriverSpec spec, String part, Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                // The pipe is gone with the process, whose end is an event of its own.
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "driver-" + spec.name() + "-" + part);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /**
   * What is to be written.
   *
   * @param line empty for the end of it all
   */
  private record Waiting(Optional<ToDriver> line, String text) {}

  private interface Task {
    void run() throws IOException, InterruptedException;
  }

  /** What happens to a child. */
  interface Events {
    void line(FromDriver line);

    void stderr(String text);

    /** Stdout has come to its end; the process may live on. */
    void outputClosed();

    void fault(DriverFault fault);

    void exited(int code);

    /** There is no process any more; comes last, also when silenced. */
    void gone();
  }
}
