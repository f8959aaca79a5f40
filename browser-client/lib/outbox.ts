import { FarhandError } from "./errors.js";
import { encodePayload } from "./payload.js";
import type { Outcome, PieceSender } from "./pieces.js";
import { DEFAULT_MAX_BYTES, WHOLE_MAX_BYTES } from "./protocol.js";

/** How many messages may wait. Who sends faster than the path carries should know it. */
const MOST_WAITING = 256;

interface Waiting {
  readonly text: string;
  readonly large: boolean;
  readonly sent: () => void;
  readonly refused: (error: FarhandError) => void;
}

/** What it needs of an RTCDataChannel. */
export type OutboxChannel = Pick<
  RTCDataChannel,
  "readyState" | "bufferedAmount" | "bufferedAmountLowThreshold" | "onbufferedamountlow" | "send"
>;

/**
 * The user's messages on their way out. Hands over one, and the next only when the channel's
 * buffer is empty: what waits here can still be overtaken by a STOP, what waits there cannot. To a
 * robot that knows pieces, large ones go in those.
 */
export class Outbox {
  readonly #waiting: Waiting[] = [];
  #channel: OutboxChannel | null = null;
  #pieces: PieceSender | null = null;
  #sentWhole = 0;

  /**
   * The session's channel is open.
   *
   * @param pieces of this session; null for a robot that knows none
   */
  attach(channel: OutboxChannel, pieces: PieceSender | null): void {
    this.#channel = channel;
    this.#pieces = pieces;
    this.#sentWhole = 0;
    channel.bufferedAmountLowThreshold = 0;
    channel.onbufferedamountlow = () => this.#flush();
    this.#flush();
  }

  /** The session has ended; what still waits is refused. */
  detach(): void {
    if (this.#channel !== null) {
      this.#channel.onbufferedamountlow = null;
      this.#channel = null;
    }
    this.#pieces?.close();
    for (const message of this.#waiting.splice(0)) {
      message.refused(notConnected());
    }
  }

  /** Resolves when the message was handed to the network, or its last piece to the robot. */
  send(payload: unknown): Promise<void> {
    return new Promise((sent, refused) => {
      const text = encodePayload(payload);
      const bytes = new TextEncoder().encode(text).length;
      if (bytes > DEFAULT_MAX_BYTES) {
        throw new FarhandError(
          "too-large",
          `This message has ${bytes} bytes; at most ${DEFAULT_MAX_BYTES} may be sent at once.`,
        );
      }
      if (this.#channel === null) {
        throw notConnected();
      }
      if (this.#waiting.length >= MOST_WAITING) {
        throw new FarhandError(
          "too-many-messages",
          "Messages are sent faster than the path to the robot carries them. Await each send.",
        );
      }
      this.#waiting.push({ text, large: bytes > WHOLE_MAX_BYTES, sent, refused });
      this.#flush();
    });
  }

  #flush(): void {
    const channel = this.#channel;
    while (
      this.#pieces?.busy !== true &&
      channel !== null &&
      channel.readyState === "open" &&
      channel.bufferedAmount === 0
    ) {
      const message = this.#waiting[0];
      if (message === undefined) {
        return;
      }
      if (message.large && this.#pieces !== null) {
        this.#pieces.send(message.text, this.#sentWhole, (outcome) => this.#ended(outcome));
        return;
      }
      this.#waiting.shift();
      channel.send(message.text);
      this.#sentWhole++;
      message.sent();
    }
  }

  #ended(outcome: Outcome): void {
    if (outcome === "unknown") {
      // It goes whole, and so do those that follow.
      this.#pieces = null;
    } else if (outcome === "taken") {
      this.#waiting.shift()?.sent();
    } else {
      const error = new FarhandError("robot-silent", "The robot did not take the message.");
      this.#waiting.shift()?.refused(error);
    }
    this.#flush();
  }
}

function notConnected(): FarhandError {
  return new FarhandError("not-connected", "There is no connection to the robot at the moment.");
}
