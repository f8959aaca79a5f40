import { FarhandError } from "./errors.js";
import type { Time } from "./time.js";

const REPEAT_MILLIS = 50;

interface Press {
  readonly id: number;
  readonly done: () => void;
  readonly failed: (error: FarhandError) => void;
}

/**
 * STOP, said again and again until the robot has confirmed it. A press while there is no session
 * is said at the start of the next one.
 */
export class StopRepeater {
  #ids = 0;
  #presses: Press[] = [];
  #connected = false;
  #closed = false;
  #cancel: (() => void) | null = null;

  constructor(
    private readonly time: Time,
    /** Sends on the quick channel; `first` asks for the reliable one as well. */
    private readonly send: (id: number, first: boolean) => void,
  ) {}

  /** Whether a press still waits for its confirmation. */
  get pending(): boolean {
    return this.#presses.length > 0;
  }

  /** Resolves when the robot has confirmed; rejects at once if there will be no further session. */
  press(): Promise<void> {
    if (this.#closed) {
      const unsent = Promise.reject(
        new FarhandError("not-connected", "STOP was not sent: the connection has ended."),
      );
      unsent.catch(() => {});
      return unsent;
    }
    const confirmed = new Promise<void>((done, failed) => {
      this.#presses.push({ id: ++this.#ids, done, failed });
    });
    // Nobody has to wait for it; an ignored result is no error.
    confirmed.catch(() => {});
    this.#say(true);
    return confirmed;
  }

  /** The robot has confirmed this press, and with it those before it. */
  confirmed(id: number): void {
    for (const press of this.#presses) {
      if (press.id <= id) {
        press.done();
      }
    }
    this.#presses = this.#presses.filter((press) => press.id > id);
  }

  /** The robot will not do it; to repeat it would change nothing. */
  refused(error: FarhandError): void {
    for (const press of this.#presses.splice(0)) {
      press.failed(error);
    }
    this.#cancel?.();
    this.#cancel = null;
  }

  /** The session's channels are open. */
  start(): void {
    this.#connected = true;
    this.#say(true);
  }

  /** The session has ended; what was not confirmed is said in the next. */
  end(): void {
    this.#connected = false;
    this.#cancel?.();
    this.#cancel = null;
  }

  /** There will be no further session. */
  close(): void {
    this.#closed = true;
    this.end();
    for (const press of this.#presses.splice(0)) {
      press.failed(
        new FarhandError("not-connected", "The connection ended before the robot confirmed STOP."),
      );
    }
  }

  #say(first: boolean): void {
    this.#cancel?.();
    this.#cancel = null;
    const newest = this.#presses.at(-1);
    if (this.#connected && newest !== undefined) {
      this.send(newest.id, first);
      this.#cancel = this.time.after(REPEAT_MILLIS, () => this.#say(false));
    }
  }
}
