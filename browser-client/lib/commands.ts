import type { Refused } from "#protocol";
import { FarhandError } from "./errors.js";
import type { MotionState } from "./motion.js";
import type { ChannelMessage } from "./protocol.js";

interface Asked {
  readonly what: string;
  readonly done: (motion: MotionState) => boolean;
  readonly resolve: () => void;
  readonly reject: (error: FarhandError) => void;
}

/**
 * What is asked of the robot by reliable messages, and its answers: a state that shows that it was
 * done, or a refusal.
 */
export class Commands {
  #asked: Asked[] = [];
  #motion: MotionState | null = null;
  #asking = false;

  constructor(
    /** Sends to the robot; false if there is no session. */
    private readonly send: (message: ChannelMessage) => boolean,
  ) {}

  arm(stops: number): Promise<void> {
    // Always said: what the robot last told may not be so any more.
    return this.#say({ type: "arm", stops }, ({ armed }) => armed);
  }

  request(): Promise<void> {
    return this.#ask({ type: "request" }, ({ you }) => you);
  }

  withdraw(): Promise<void> {
    // Always said: a request of a moment ago may not have shown in a state yet.
    return this.#say({ type: "withdraw" }, (motion) => !asks(motion));
  }

  grant(operatorId: string): Promise<void> {
    return this.#say({ type: "grant", to: operatorId }, gone(operatorId));
  }

  refuse(operatorId: string): Promise<void> {
    return this.#say({ type: "refuse", to: operatorId }, gone(operatorId));
  }

  takeOver(): Promise<void> {
    return this.#ask({ type: "take-over" }, ({ you }) => you);
  }

  /** Whether this session waits for the lease that somebody else has. */
  get waiting(): boolean {
    return this.#asked.some(({ what }) => what === "request" || what === "take-over");
  }

  /** What the robot now says of its motion. */
  told(motion: MotionState): void {
    const asked = this.#asking;
    this.#motion = motion;
    this.#asking = asks(motion);
    this.#settle(
      ({ done }) => done(motion),
      ({ resolve }) => resolve(),
    );
    if (asked && !this.#asking) {
      this.#reject(
        "request",
        new FarhandError("no-such-request", "Your request to drive does not stand any more."),
      );
    }
  }

  refused({ what, code, reason, againMillis }: Refused): void {
    if (what === "request") {
      // The state that shows it as gone comes later, and must not end the next one.
      this.#asking = false;
    }
    // A robot of an older version says nothing about the time.
    this.#reject(what, new FarhandError(code, reason, againMillis ?? null));
  }

  /** The session has ended, or has no such channel. */
  ended(): void {
    this.#motion = null;
    this.#asking = false;
    this.#settle(
      () => true,
      ({ reject }) => reject(notConnected()),
    );
  }

  /** Asks, unless it is so already. */
  #ask(message: ChannelMessage, done: Asked["done"]): Promise<void> {
    return this.#motion !== null && done(this.#motion)
      ? Promise.resolve()
      : this.#say(message, done);
  }

  #say(message: ChannelMessage, done: Asked["done"]): Promise<void> {
    const answered = new Promise<void>((resolve, reject) => {
      if (this.send(message)) {
        this.#asked.push({ what: message.type, done, resolve, reject });
      } else {
        reject(notConnected());
      }
    });
    // A refusal is also a notice; an ignored result is no error.
    answered.catch(() => {});
    return answered;
  }

  #reject(what: string, error: FarhandError): void {
    this.#settle(
      (asked) => asked.what === what,
      ({ reject }) => reject(error),
    );
  }

  #settle(which: (asked: Asked) => boolean, settle: (asked: Asked) => void): void {
    const taken = this.#asked.filter(which);
    this.#asked = this.#asked.filter((asked) => !taken.includes(asked));
    taken.forEach(settle);
  }
}

function asks({ requests }: MotionState): boolean {
  return requests.some(({ you }) => you);
}

function gone(operatorId: string): Asked["done"] {
  return ({ requests }) => requests.every(({ operator }) => operator.id !== operatorId);
}

function notConnected(): FarhandError {
  return new FarhandError("not-connected", "There is no connection to the robot at the moment.");
}
