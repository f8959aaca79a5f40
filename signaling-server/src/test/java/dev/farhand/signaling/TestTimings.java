package dev.farhand.signaling;

import dev.farhand.signaling.bounds.Timings;
import java.time.Duration;

/** Timings with one of them shortened to what a test can wait for. */
final class TestTimings {
  private static final Timings BASE = Timings.DEFAULTS;

  private TestTimings() {}

  static Timings firstMessage(Duration time) {
    return new Timings(
        time,
        BASE.heartbeat(),
        BASE.heartbeatLost(),
        BASE.waiting(),
        BASE.expiryWarning(),
        BASE.recheck(),
        BASE.closing(),
        BASE.comeBack(),
        BASE.answer(),
        BASE.nextSocket());
  }

  static Timings heartbeat(Duration time, Duration lost) {
    return new Timings(
        BASE.firstMessage(),
        time,
        lost,
        BASE.waiting(),
        BASE.expiryWarning(),
        BASE.recheck(),
        BASE.closing(),
        BASE.comeBack(),
        BASE.answer(),
        BASE.nextSocket());
  }

  static Timings recheck(Duration time) {
    return new Timings(
        BASE.firstMessage(),
        BASE.heartbeat(),
        BASE.heartbeatLost(),
        BASE.waiting(),
        BASE.expiryWarning(),
        time,
        BASE.closing(),
        BASE.comeBack(),
        BASE.answer(),
        BASE.nextSocket());
  }

  static Timings rtcBot(Duration answer, Duration nextSocket) {
    return new Timings(
        BASE.firstMessage(),
        BASE.heartbeat(),
        BASE.heartbeatLost(),
        BASE.waiting(),
        BASE.expiryWarning(),
        BASE.recheck(),
        BASE.closing(),
        BASE.comeBack(),
        answer,
        nextSocket);
  }
}
