/** How often something is done. What is done at it follows every change. */
export class Rate {
  readonly #restarts = new Set<() => void>();

  /** @param hertz times a second; 0 is never */
  constructor(
    private readonly name: string,
    private readonly least: number,
    private hertz: number,
  ) {}

  /** Changes it. */
  set(hertz: number): void {
    if (!(hertz >= this.least && hertz <= 1000)) {
      throw new RangeError(`${this.name} takes ${this.least} to 1000 Hz, not ${hertz}.`);
    }
    this.hertz = hertz;
    this.#restarts.forEach((restart) => restart());
  }

  /** Does this at the rate, until the result is called. */
  every(run: () => void): () => void {
    let timer: number | undefined;
    const restart = () => {
      window.clearInterval(timer);
      timer = this.hertz > 0 ? window.setInterval(run, 1000 / this.hertz) : undefined;
    };
    this.#restarts.add(restart);
    restart();
    return () => {
      window.clearInterval(timer);
      this.#restarts.delete(restart);
    };
  }
}
