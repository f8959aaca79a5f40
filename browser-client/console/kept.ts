/**
 * What a browser keeps for this page. Where storage is blocked or full, it is kept for as long as
 * the page is open, and the page goes on without the rest.
 */
export class Kept {
  readonly #here = new Map<string, string>();

  /** @param storage where; asking for a blocked one throws, so it is asked for each time */
  constructor(private readonly storage: () => Storage) {}

  get(name: string): string | null {
    try {
      return this.#here.get(name) ?? this.storage().getItem(name);
    } catch {
      return null;
    }
  }

  /** The result tells whether it outlives the page. */
  set(name: string, value: string): boolean {
    try {
      this.storage().setItem(name, value);
      this.#here.delete(name);
      return true;
    } catch {
      this.#here.set(name, value);
      return false;
    }
  }

  remove(name: string): void {
    this.#here.delete(name);
    try {
      this.storage().removeItem(name);
    } catch {
      // Nothing is kept where storage is blocked.
    }
  }
}
