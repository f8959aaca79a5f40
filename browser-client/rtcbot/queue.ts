interface Waiter<T> {
  readonly got: (item: T) => void;
  readonly failed: (error: Error) => void;
}

/** First in, first out: what is put waits for who gets, and the other way round. */
export class Queue<T = unknown> {
  readonly #items: T[] = [];
  readonly #waiters: Waiter<T>[] = [];
  #end: Error | null = null;

  /** @param most how many items may wait; beyond it the oldest make room */
  constructor(private readonly most = Infinity) {}

  /** Puts an item in. Bound: may be passed as a callback. */
  readonly put_nowait = (item: T): void => {
    const waiter = this.#waiters.shift();
    if (waiter !== undefined) {
      waiter.got(item);
      return;
    }
    this.#items.push(item);
    if (this.#items.length > this.most) {
      this.#items.shift();
    }
  };

  /** Resolves with the oldest item, as soon as there is one. */
  get(): Promise<T> {
    return new Promise((got, failed) => {
      if (this.#items.length > 0) {
        got(this.#items.shift() as T);
      } else if (this.#end !== null) {
        failed(this.#end);
      } else {
        this.#waiters.push({ got, failed });
      }
    });
  }

  /** Nothing more comes: whoever waits, or asks when all has been handed out, is told why. */
  fail(error: Error): void {
    this.#end = error;
    this.#waiters.splice(0).forEach(({ failed }) => failed(error));
  }
}
