import type { Time } from "../lib/time.js";

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** A clock that stands until a test moves it on. */
export class FakeTime implements Time {
  #now = 1000;
  #timers: Timer[] = [];

  now(): number {
    return this.#now;
  }

  after(millis: number, run: () => void): () => void {
    const timer = { at: this.#now + millis, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** How many timers wait: none may, once everything has ended. */
  get waiting(): number {
    return this.#timers.length;
  }

  /** Moves on, running what falls due in its order. */
  advance(millis: number): void {
    const until = this.#now + millis;
    for (;;) {
      const next = this.#timers.reduce<Timer | null>(
        (first, timer) => (first === null || timer.at < first.at ? timer : first),
        null,
      );
      if (next === null || next.at > until) {
        break;
      }
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#now = next.at;
      next.run();
    }
    this.#now = until;
  }
}
