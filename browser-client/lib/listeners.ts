/** Who wants to hear of something. A listener that throws does not keep others from hearing. */
export class Listeners<Arguments extends unknown[]> {
  readonly #listeners = new Set<{ call: (...args: Arguments) => void }>();

  /** Adds a listener; the result removes it. The same function may be added twice. */
  add(call: (...args: Arguments) => void): () => void {
    const listener = { call };
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** The same, and it hears soon what is known by then, unless it has heard something newer. */
  addKnowing(call: (...args: Arguments) => void, known: () => Arguments | null): () => void {
    let told = false;
    let ended = false;
    const tell = (...args: Arguments) => {
      told = true;
      call(...args);
    };
    const remove = this.add(tell);
    queueMicrotask(() => {
      const now = known();
      if (!told && !ended && now !== null) {
        tell(...now);
      }
    });
    return () => {
      ended = true;
      remove();
    };
  }

  /** Removes a function, however often it was added. */
  remove(call: (...args: Arguments) => void): void {
    for (const listener of this.#listeners) {
      if (listener.call === call) {
        this.#listeners.delete(listener);
      }
    }
  }

  /** Removes all. */
  clear(): void {
    this.#listeners.clear();
  }

  /** Whether this function was added. */
  has(call: (...args: Arguments) => void): boolean {
    return [...this.#listeners].some((listener) => listener.call === call);
  }

  /** Whether nobody listens. */
  get empty(): boolean {
    return this.#listeners.size === 0;
  }

  emit(...args: Arguments): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener.call(...args);
      } catch (error) {
        // It is the page's mistake, so it appears where the page's uncaught errors do.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
