package dev.farhand.agent.driver;

import java.util.function.LongSupplier;

/** So many, and so many bytes, in a second. One thread. */
final class Allowance {
  private static final long SECOND = 1_000_000_000L;

  private final int most;
  private final long mostBytes;
  private final LongSupplier nanoTime;
  private long since;
  private int count;
  private long bytes;

  Allowance(int most, long mostBytes, LongSupplier nanoTime) {
    this.most = most;
    this.mostBytes = mostBytes;
    this.nanoTime = nanoTime;
    this.since = nanoTime.getAsLong();
  }

  /** Counts one of this size; false if it is one too many. */
  boolean take(int size) {
    long now = nanoTime.getAsLong();
    if (now - since >= SECOND) {
      since = now;
      count = 0;
      bytes = 0;
    }
    count++;
    bytes += size;
    return count <= most && bytes <= mostBytes;
  }
}
