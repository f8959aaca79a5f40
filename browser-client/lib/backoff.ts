/**
 * How long to wait before the next attempt: anything up to a bound that doubles ("full jitter"),
 * so that a thousand pages do not come back in the same instant.
 */
export class Backoff {
  #attempts = 0;

  constructor(
    private readonly firstMillis: number,
    private readonly mostMillis: number,
    private readonly random: () => number = Math.random,
  ) {}

  /** The wait before the next attempt, in milliseconds. */
  next(): number {
    const bound = Math.min(this.mostMillis, this.firstMillis * 2 ** Math.min(this.#attempts, 30));
    this.#attempts += 1;
    return this.random() * bound;
  }

  /** Whether the last attempt succeeded. */
  get fresh(): boolean {
    return this.#attempts === 0;
  }

  /** An attempt succeeded. */
  reset(): void {
    this.#attempts = 0;
  }
}
