package dev.farhand.agent.operator;

import java.util.concurrent.TimeUnit;

/**
 * How large pieces may be on this session's path, felt out: it doubles while the answer takes
 * hardly longer than the quickest of late, and halves when it takes much longer. So no piece keeps
 * a command waiting for long. Confined to the operator's loop.
 */
final class PieceSize {
  private static final int LEAST = 256;

  /** Escaped six letters for one, still within the 64 KiB of a message. */
  private static final int MOST = 8192;

  private static final long LITTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long MUCH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** After so long nothing is known of the path any more … */
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** … and after so long it may have become a longer one. */
  private static final long OF_LATE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private int letters = LEAST;
  private long quickest = Long.MAX_VALUE;
  private long quickestAt;
  private long answeredAt;

  int letters(long now) {
    if (now - answeredAt > IDLE_NANOS) {
      letters = LEAST;
      quickest = Long.MAX_VALUE;
    }
    return letters;
  }

  /** A piece was answered now, after so long. */
  void answered(long now, long took) {
    answeredAt = now;
    if (took < quickest || now - quickestAt > OF_LATE_NANOS) {
      quickest = took;
      quickestAt = now;
    }
    if (took - quickest < LITTLE_NANOS) {
      letters = Math.min(MOST, letters * 2);
    } else if (took - quickest > MUCH_NANOS) {
      letters = Math.max(LEAST, letters / 2);
    }
  }
}
