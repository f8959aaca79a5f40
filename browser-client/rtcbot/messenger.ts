import { Listeners } from "../lib/listeners.js";
import { decodePayload } from "../lib/payload.js";
import { DEFAULT_MAX_BYTES } from "../lib/protocol.js";
import { Queue } from "./queue.js";

/** What may wait to be sent, in bytes. Who puts in more than the path carries should know it. */
const MOST_WAITING_BYTES = 16 * 1024 * 1024;

/** How many messages may wait for {@link Messenger.get}. */
const MOST_UNREAD = 1000;

interface Waiting {
  readonly text: string;
  readonly bytes: number;
}

/**
 * Messages both ways, in RTCBot's form: one text each. Objects go as JSON, strings as they are;
 * what comes in is read as JSON, and is the string itself where it is none.
 */
export abstract class Messenger {
  readonly #messages = new Listeners<[unknown]>();
  readonly #readies = new Listeners<[]>();
  readonly #closes = new Listeners<[]>();
  readonly #errors = new Listeners<[Error]>();
  readonly #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #unread: Queue | null = null;
  #ready = false;
  #closed = false;

  /** Whether messages flow. */
  get ready(): boolean {
    return this.#ready && !this.#closed;
  }

  /** Whether it is over. */
  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Sends a message; before the connection stands, it waits for that. Bound: may be passed as a
   * callback.
   *
   * @throws Error if this is closed, if the message has more than 16 KiB, or if too much waits
   */
  readonly put_nowait = (message: unknown): void => {
    if (this.#closed) {
      throw new Error(`This ${this.name} is closed. Make a new one to send again.`);
    }
    const text = encode(message);
    const bytes = new TextEncoder().encode(text).length;
    if (bytes > DEFAULT_MAX_BYTES) {
      throw new RangeError(
        `This message has ${bytes} bytes; at most ${DEFAULT_MAX_BYTES} may be sent at once. ` +
          "Send it in parts.",
      );
    }
    if (this.#waitingBytes + bytes > MOST_WAITING_BYTES) {
      throw new RangeError(
        "Messages are put in faster than the connection carries them: 16 MiB wait already.",
      );
    }
    this.#waiting.push({ text, bytes });
    this.#waitingBytes += bytes;
    this.flush();
  };

  /** The same as {@link Messenger.put_nowait}. */
  readonly send = this.put_nowait;

  /** Calls back with every message that comes; the result ends it. */
  subscribe(callback: (message: unknown) => void): () => void {
    return this.#messages.add(callback);
  }

  /** Ends the subscription of this function. */
  unsubscribe(callback: (message: unknown) => void): void {
    this.#messages.remove(callback);
  }

  /**
   * Resolves with the next message. From the first call on, messages wait for the next call, also
   * when this is closed meanwhile.
   *
   * @throws Error (as a rejection) once this is closed and nothing waits
   */
  get(): Promise<unknown> {
    if (this.#unread === null) {
      if (this.#closed) {
        return Promise.reject(this.#over());
      }
      this.#unread = new Queue(MOST_UNREAD);
      this.subscribe(this.#unread.put_nowait);
    }
    return this.#unread.get();
  }

  /** Calls back when messages flow, at once if they do already; the result ends it. */
  onReady(callback: () => void): () => void {
    if (this.ready) {
      queueMicrotask(callback);
    }
    return this.#readies.add(callback);
  }

  /** Calls back when it is over, whoever ended it; the result ends it. */
  onClose(callback: () => void): () => void {
    if (this.#closed) {
      queueMicrotask(callback);
    }
    return this.#closes.add(callback);
  }

  /** Calls back with what went wrong; without a callback it appears in the browser's console. */
  onError(callback: (error: Error) => void): () => void {
    return this.#errors.add(callback);
  }

  /** Ends it. May be called at any time, and more than once. */
  close(): void {
    if (!this.#closed) {
      this.#closed = true;
      this.#waiting.length = 0;
      this.#waitingBytes = 0;
      this.release();
      this.#unread?.fail(this.#over());
      this.#closes.emit();
    }
  }

  /** What a person knows it as. */
  protected abstract get name(): string;

  /** Whether a message can be handed over just now. */
  protected abstract get idle(): boolean;

  /** Hands one message over. */
  protected abstract transmit(text: string): void;

  /** Frees what is underneath. Called once. */
  protected abstract release(): void;

  /** Messages flow from now on. */
  protected opened(): void {
    if (!this.#ready && !this.#closed) {
      this.#ready = true;
      this.flush();
      this.#readies.emit();
    }
  }

  /** Hands over what can be handed over now. */
  protected flush(): void {
    while (!this.#closed && this.idle) {
      const next = this.#waiting.shift();
      if (next === undefined) {
        return;
      }
      this.#waitingBytes -= next.bytes;
      try {
        this.transmit(next.text);
      } catch (error) {
        this.failed(new Error(`A message could not be sent: ${reasonOf(error)}`));
      }
    }
  }

  /** Something came in. */
  protected received(data: unknown): void {
    if (this.#closed) {
      return;
    }
    if (typeof data === "string") {
      this.#messages.emit(decodePayload(data));
    } else {
      this.failed(new Error("A binary message came and was dropped: only text is carried here."));
    }
  }

  /** Tells what went wrong. */
  protected failed(error: Error): void {
    if (this.#errors.empty) {
      console.error(error);
    }
    this.#errors.emit(error);
  }

  #over(): Error {
    return new Error(`This ${this.name} is closed.`);
  }
}

/** What an error says, whatever was thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function encode(message: unknown): string {
  const text =
    typeof message === "string" ? message : (JSON.stringify(message) as string | undefined);
  if (text === undefined) {
    throw new TypeError("Only strings and what JSON can hold may be sent.");
  }
  return text;
}
