package dev.farhand.agent.session;

import dev.farhand.agent.session.Rungs.Rung;
import dev.farhand.agent.webrtc.Encoding;

/**
 * How much of one operator's path the video may take, so that telemetry finds no queue and pictures
 * are young. It begins moderately, grows in steps while the path shows no end, and then keeps below
 * what libwebrtc thinks is there. When the path clogs it is silent for a moment and goes on small:
 * the key picture that comes with the smaller size makes the browser forget what the queue threw
 * away, before it asks for it again; such repeats can fill a narrow path for ten seconds.
 *
 * <p>Knows neither clock nor network: what it is told bears its time. One thread.
 */
final class VideoYield {
  /** Bits a second to begin with: a narrow path takes it, a wide one is known in three seconds. */
  private static final double FIRST = 250_000;

  private static final double LEAST = 40_000;

  /** The most after the path has clogged. */
  private static final double MODEST = 60_000;

  /** Of the estimate; the rest is for everything else. */
  private static final double SHARE = 0.85;

  /**
   * Of the estimate, while its end is not known. libwebrtc tries out more only when less than 0.65
   * of the estimate is used, and when it is allowed to send more than the estimate.
   */
  private static final double TRYING_SHARE = 0.6;

  private static final double STEP = 1.25;
  private static final long FIRST_STEP_MILLIS = 2000;
  private static final long BETWEEN_STEPS_MILLIS = 1000;
  private static final long STEP_SHOWS_MILLIS = 600;

  /** From one estimate to the next: usually, and near what was too much a moment ago. */
  private static final double GROWTH = 1.12;

  private static final double SLOW_GROWTH = 1.015;
  private static final long WARY_MILLIS = 20_000;

  /** An estimate that falls by so much from one to the next tells of a queue. */
  private static final double FALL = 0.93;

  /** One that falls to less than this part of what the video takes tells of a clogged path. */
  private static final double COLLAPSE = 0.5;

  /** Beats are 100 ms apart; three in a row may be lost without meaning anything. */
  private static final long LATE_MILLIS = 450;

  private static final long LAGS_COUNT_MILLIS = 5000;
  private static final long PAUSE_MILLIS = 200;
  private static final long BETWEEN_PAUSES_MILLIS = 3000;
  private static final long CAREFUL_MILLIS = 1500;

  /** Each change of size costs a key picture: a larger one must be worth it, and last. */
  private static final double MARGIN = 1.2;

  private static final long BETWEEN_LARGER_MILLIS = 2000;
  private static final long LONG_AGO = Long.MIN_VALUE / 2;

  private final Rungs rungs;
  private final double most;
  private double bits;
  private Rung rung;
  private long largerAt = LONG_AGO;

  private double estimate;
  private boolean trying = true;
  private long stepAt = Long.MAX_VALUE;
  private long stepShowsAt = LONG_AGO;
  private double tooMuch = Double.MAX_VALUE;
  private long waryUntil = LONG_AGO;

  private long pausedAt = LONG_AGO;
  private long leastLag = Long.MAX_VALUE;
  private long leastLagBefore = Long.MAX_VALUE;
  private long leastLagSince = LONG_AGO;

  /**
   * @param mostBitsPerSecond that the video may ever take
   */
  VideoYield(Rungs rungs, int mostBitsPerSecond) {
    this.rungs = rungs;
    this.most = Math.min(mostBitsPerSecond, rungs.enough());
    this.bits = Math.min(FIRST, most);
    this.rung = rungs.at(bits);
  }

  /** What the video may be now; to be asked again soon, since a pause ends by itself. */
  Encoding at(long nowMillis) {
    boolean paused = nowMillis - pausedAt < PAUSE_MILLIS;
    return new Encoding((int) bits, rung.scaleDownBy(), paused ? 0 : rung.everyNth());
  }

  /** libwebrtc thinks that the path takes so many bits a second. To be told four times a second. */
  void estimated(long nowMillis, long bitsPerSecond) {
    double before = estimate;
    estimate = bitsPerSecond;
    if (estimate < COLLAPSE * bits) {
      clogged(nowMillis);
    }
    if (estimate < FALL * before) {
      trying = false;
      tooMuch = Math.max(bits, estimate);
      waryUntil = nowMillis + WARY_MILLIS;
    } else if (nowMillis >= waryUntil) {
      tooMuch = Double.MAX_VALUE;
    }
    if (trying) {
      tryMore(nowMillis);
    } else {
      keepBelow(nowMillis);
    }
    fit(nowMillis);
  }

  /** The operator has returned a beat; it was so old when it came. */
  void returned(long nowMillis, long ageMillis) {
    if (nowMillis - leastLagSince > LAGS_COUNT_MILLIS) {
      leastLagSince = nowMillis;
      leastLagBefore = leastLag;
      leastLag = ageMillis;
    }
    leastLag = Math.min(leastLag, ageMillis);
    if (ageMillis - Math.min(leastLag, leastLagBefore) > LATE_MILLIS) {
      clogged(nowMillis);
      fit(nowMillis);
    }
  }

  private void clogged(long now) {
    if (now - pausedAt >= BETWEEN_PAUSES_MILLIS) {
      pausedAt = now;
      bits = atMost(Math.min(bits / 4, MODEST));
      trying = false;
    }
  }

  /** Nothing has shown the end of the path yet. */
  private void tryMore(long now) {
    if (stepAt == Long.MAX_VALUE) {
      stepAt = now + FIRST_STEP_MILLIS;
    }
    if (now < stepShowsAt) {
      return;
    }
    double share = bits / estimate;
    if (share > SHARE || (share > TRYING_SHARE && now >= stepAt)) {
      trying = false;
      keepBelow(now);
    } else if (now >= stepAt) {
      bits = atMost(STEP * estimate);
      stepAt = now + BETWEEN_STEPS_MILLIS;
      stepShowsAt = now + STEP_SHOWS_MILLIS;
    } else if (share < TRYING_SHARE) {
      bits = atMost(Math.min(TRYING_SHARE * estimate, bits * GROWTH));
    }
  }

  private void keepBelow(long now) {
    double allowed = SHARE * estimate;
    if (bits > allowed) {
      bits = atMost(allowed);
    } else if (now - pausedAt >= CAREFUL_MILLIS) {
      double growth = bits < SHARE * tooMuch ? GROWTH : SLOW_GROWTH;
      bits = atMost(Math.min(allowed, bits * growth));
    }
  }

  private double atMost(double wanted) {
    return Math.min(most, Math.max(LEAST, wanted));
  }

  private void fit(long now) {
    Rung larger = rungs.at(bits / MARGIN);
    if (rungs.needs(larger) > rungs.needs(rung)) {
      if (now - largerAt >= BETWEEN_LARGER_MILLIS) {
        largerAt = now;
        rung = larger;
      }
    } else if (rungs.needs(rung) > bits * MARGIN) {
      rung = rungs.at(bits);
    }
  }
}
