/** A motion that somebody holds: forward and to the left, -1 to 1. */
export interface Held {
  readonly linear: number;
  readonly angular: number;
}

const REST: Held = { linear: 0, angular: 0 };

/** A held motion counts for half a second, so it is said again well before. */
const REPEAT_MILLIS = 100;

/** Adds up what keys and stick hold, and says it for as long as it is held and may be said. */
export class Pilot {
  readonly #sources = new Map<string, Held>();
  #timer: number | undefined;

  constructor(
    private readonly drive: (motion: Held) => void,
    private readonly mayMove: () => boolean,
  ) {}

  /** What one source holds now. */
  hold(source: string, held: Held): void {
    this.#sources.set(source, held);
    this.#say();
  }

  #say(): void {
    window.clearTimeout(this.#timer);
    this.#timer = undefined;
    const { linear, angular } = this.#sum();
    this.drive(this.mayMove() ? { linear, angular } : REST);
    if (linear !== 0 || angular !== 0) {
      this.#timer = window.setTimeout(() => this.#say(), REPEAT_MILLIS);
    }
  }

  #sum(): Held {
    return [...this.#sources.values()].reduce(
      (sum, held) => ({
        linear: clamp(sum.linear + held.linear),
        angular: clamp(sum.angular + held.angular),
      }),
      REST,
    );
  }
}

function clamp(value: number): number {
  return Math.max(-1, Math.min(1, value));
}
