/** What the library needs of time. Tests hand in a clock of their own. */
export interface Time {
  /** Milliseconds of a monotonic clock, whatever its zero. */
  now(): number;

  /** Runs once, later. The result calls it off. */
  after(millis: number, run: () => void): () => void;
}

/** The browser's clock and timers. */
export const systemTime: Time = {
  now: () => performance.now(),
  after(millis, run) {
    const timer = setTimeout(run, millis);
    return () => clearTimeout(timer);
  },
};
