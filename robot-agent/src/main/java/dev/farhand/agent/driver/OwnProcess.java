package dev.farhand.agent.driver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A driver that is a process of its own, with the processes that it has started. */
final class OwnProcess implements Running {
  private final Process process;
  private final Set<ProcessHandle> family = ConcurrentHashMap.newKeySet();

  private OwnProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts the program.
   *
   * @throws IOException if there is no such program, or it may not be run
   */
  static OwnProcess start(List<String> command) throws IOException {
    return new OwnProcess(new ProcessBuilder(command).start());
  }

  @Override
  public OutputStream stdin() {
    return process.getOutputStream();
  }

  @Override
  public InputStream stdout() {
    return process.getInputStream();
  }

  @Override
  public InputStream stderr() {
    return process.getErrorStream();
  }

  @Override
  public boolean waitFor(Duration most) throws InterruptedException {
    return process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public int exitCode() {
    return process.exitValue();
  }

  /** Once the process is gone, nobody can tell who belonged to it. */
  @Override
  public void remember() {
    family.removeIf(member -> !member.isAlive());
    process.descendants().forEach(family::add);
  }

  @Override
  public void terminate() {
    family().forEach(ProcessHandle::destroy);
  }

  @Override
  public void kill() {
    family().forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public CompletableFuture<Void> ended() {
    return process.onExit().thenAccept(gone -> {});
  }

  /**
   * The process and its descendants, also those whose parent has gone since the last call. Handles,
   * because {@link Process#destroy} waits for a writer that is stuck in a full pipe.
   */
  private Set<ProcessHandle> family() {
    remember();
    family.add(process.toHandle());
    return family;
  }
}
