import type { Piece } from "#protocol";
import type { Time } from "./time.js";

const LEAST = 256;

/** Escaped six letters for one, still within the 64 KiB of a message. */
const MOST = 8192;

const LITTLE_MILLIS = 50;
const MUCH_MILLIS = 100;

/** After so long nothing is known of the path any more … */
const IDLE_MILLIS = 5000;

/** … and after so long it may have become a longer one. */
const OF_LATE_MILLIS = 30_000;

/** A robot takes 200 messages a second of one operator, commands among them. */
const LEAST_GAP_MILLIS = 12;

/** A session whose path is lost for so long has ended; a robot that is there answers. */
const UNANSWERED_MILLIS = 20_000;

/**
 * How large pieces may be on this session's path, felt out: it doubles while the answer takes hardly
 * longer than the quickest of late, and halves when it takes much longer. So no piece keeps a
 * command waiting for long.
 */
class PieceSize {
  #letters = LEAST;
  #quickest = Infinity;
  #quickestAt = -Infinity;
  #answeredAt = -Infinity;

  letters(now: number): number {
    if (now - this.#answeredAt > IDLE_MILLIS) {
      this.#letters = LEAST;
      this.#quickest = Infinity;
    }
    return this.#letters;
  }

  /** A piece was answered now, after so many milliseconds. */
  answered(now: number, took: number): void {
    this.#answeredAt = now;
    if (took < this.#quickest || now - this.#quickestAt > OF_LATE_MILLIS) {
      this.#quickest = took;
      this.#quickestAt = now;
    }
    if (took - this.#quickest < LITTLE_MILLIS) {
      this.#letters = Math.min(MOST, this.#letters * 2);
    } else if (took - this.#quickest > MUCH_MILLIS) {
      this.#letters = Math.max(LEAST, this.#letters / 2);
    }
  }
}

/** What became of a message. `unknown`: an older robot, which knows no pieces. */
export type Outcome = "taken" | "unknown" | "unanswered";

/**
 * Sends large messages in pieces, one message after another and one piece on the path at a time.
 * For one session.
 */
export class PieceSender {
  readonly #size = new PieceSize();
  #underWay: Pieces | null = null;
  #told: (outcome: Outcome) => void = () => {};
  #onThePath = false;
  #sentAt = -Infinity;
  #cancelNext: () => void = () => {};

  constructor(
    private readonly time: Time,
    private readonly sendPiece: (piece: Piece) => void,
  ) {}

  /** Whether a message is under way: the next has to wait. */
  get busy(): boolean {
    return this.#underWay !== null;
  }

  /**
   * Sends one.
   *
   * @param after how many messages went before it, whole
   * @param outcome called once, unless it is closed before
   */
  send(text: string, after: number, outcome: (outcome: Outcome) => void): void {
    this.#told = outcome;
    this.#sendNext(new Pieces(text, after));
  }

  /** The robot has the piece that was sent last, or says so unasked. */
  taken(): void {
    if (this.#underWay === null || !this.#onThePath) {
      return;
    }
    this.#onThePath = false;
    const now = this.time.now();
    this.#size.answered(now, now - this.#sentAt);
    if (this.#underWay.sent) {
      this.#end("taken");
    } else {
      this.#sendNext(this.#underWay);
    }
  }

  /** The robot does not understand something. */
  unknownType(): void {
    if (this.#onThePath) {
      this.#end("unknown");
    }
  }

  /** The session has ended. */
  close(): void {
    this.#underWay = null;
    this.#onThePath = false;
    this.#cancelNext();
  }

  #sendNext(pieces: Pieces): void {
    this.#underWay = pieces;
    this.#cancelNext();
    const left = this.#sentAt + LEAST_GAP_MILLIS - this.time.now();
    if (left > 0) {
      this.#cancelNext = this.time.after(left, () => this.#sendNext(pieces));
    } else {
      this.#sentAt = this.time.now();
      this.#onThePath = true;
      this.#cancelNext = this.time.after(UNANSWERED_MILLIS, () => this.#end("unanswered"));
      this.sendPiece(pieces.next(this.#size.letters(this.#sentAt)));
    }
  }

  #end(outcome: Outcome): void {
    this.close();
    this.#told(outcome);
  }
}

/** A large message on its way out in pieces. */
class Pieces {
  readonly #text: string;
  readonly #after: number;
  #end = 0;

  /** @param after how many messages went before it, whole */
  constructor(text: string, after: number) {
    this.#text = text;
    this.#after = after;
  }

  /** The next one, of about so many letters. */
  next(letters: number): Piece {
    const begin = this.#end;
    this.#end = Math.min(this.#text.length, begin + letters);
    if (!this.sent && /[\uD800-\uDBFF]/.test(this.#text.charAt(this.#end - 1))) {
      this.#end++; // Half a letter cannot be written in UTF-8.
    }
    const text = this.#text.slice(begin, this.#end);
    return { type: "piece", after: this.#after, last: this.sent, text };
  }

  /** Whether the last one was made. */
  get sent(): boolean {
    return this.#end === this.#text.length;
  }
}
