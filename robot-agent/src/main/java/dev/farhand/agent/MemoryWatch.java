package dev.farhand.agent;

import dev.farhand.agent.config.MemoryBounds;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Says when the agent is to be started anew. Confined to the agent's loop. */
final class MemoryWatch {
  /** What libwebrtc keeps of each received message, on the Java heap. Measured. */
  static final long BYTES_A_MESSAGE = 100;

  /** What it keeps of each peer, in native memory. Measured. */
  static final long BYTES_A_PEER = 70 * 1024;

  private static final System.Logger LOG = System.getLogger(MemoryWatch.class.getName());
  private static final Path STATUS = Path.of("/proc/self/status");

  private final MemoryBounds bounds;
  private final LongSupplier messages;
  private final LongSupplier peers;
  private final LongSupplier nanoTime;
  private final BooleanSupplier idle;
  private final Runnable restart;
  private final long startedAt;

  /**
   * @param messages received so far
   * @param peers made so far
   * @param idle whether nobody is connected and the robot stands, armed
   * @param restart called when it is time
   */
  MemoryWatch(
      MemoryBounds bounds,
      LongSupplier messages,
      LongSupplier peers,
      LongSupplier nanoTime,
      BooleanSupplier idle,
      Runnable restart) {
    this.bounds = bounds;
    this.messages = messages;
    this.peers = peers;
    this.nanoTime = nanoTime;
    this.idle = idle;
    this.restart = restart;
    this.startedAt = nanoTime.getAsLong();
  }

  /** To be called every few seconds. */
  void check() {
    boolean young = nanoTime.getAsLong() - startedAt < bounds.earliest().toNanos();
    long kept = messages.getAsLong() * BYTES_A_MESSAGE + peers.getAsLong() * BYTES_A_PEER;
    long resident = resident();
    // What libwebrtc keeps begins at nothing in each process, so that bound makes no loop.
    boolean hard = kept > bounds.hardKept() || (!young && resident > bounds.hardResident());
    boolean soft = !young && (kept > bounds.softKept() || resident > bounds.softResident());
    if (hard || (soft && idle.getAsBoolean())) {
      LOG.log(
          Level.INFO,
          "Restarting to give memory back: {0} MB in use, {1} MB kept by libwebrtc",
          resident >> 20,
          kept >> 20);
      restart.run();
    }
  }

  /** VmRSS of proc(5); 0 if it cannot be read. */
  static long resident() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
        }
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "The process's memory cannot be read", e);
    }
    return 0;
  }
}
