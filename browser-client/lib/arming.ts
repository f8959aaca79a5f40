import type { FarhandError } from "./errors.js";

interface Asked {
  readonly done: () => void;
  readonly failed: (error: FarhandError) => void;
}

/** Who has asked the robot to arm and waits for its answer. */
export class Arming {
  readonly #asked: Asked[] = [];

  /** Resolves or rejects with the robot's next answer. */
  answer(): Promise<void> {
    const answered = new Promise<void>((done, failed) => {
      this.#asked.push({ done, failed });
    });
    // A refusal is also a notice; an ignored result is no error.
    answered.catch(() => {});
    return answered;
  }

  armed(): void {
    this.#asked.splice(0).forEach(({ done }) => done());
  }

  refused(error: FarhandError): void {
    this.#asked.splice(0).forEach(({ failed }) => failed(error));
  }
}
