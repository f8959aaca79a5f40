import { FarhandError } from "./errors.js";
import { encodePayload } from "./payload.js";
import { DEFAULT_MAX_BYTES } from "./protocol.js";

/** How many messages may wait. Who sends faster than the path carries should know it. */
const MOST_WAITING = 256;

interface Waiting {
  readonly text: string;
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
 * buffer is empty: what waits here can still be overtaken by a STOP, what waits there cannot.
 */
export class Outbox {
  readonly #waiting: Waiting[] = [];
  #channel: OutboxChannel | null = null;

  /** The session's channel is open. */
  attach(channel: OutboxChannel): void {
    this.#channel = channel;
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
    for (const message of this.#waiting.splice(0)) {
      message.refused(notConnected());
    }
  }

  /** Resolves when the message was handed to the network. */
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
      this.#waiting.push({ text, sent, refused });
      this.#flush();
    });
  }

  #flush(): void {
    const channel = this.#channel;
    while (channel !== null && channel.readyState === "open" && channel.bufferedAmount === 0) {
      const message = this.#waiting.shift();
      if (message === undefined) {
        return;
      }
      channel.send(message.text);
      message.sent();
    }
  }
}

function notConnected(): FarhandError {
  return new FarhandError("not-connected", "There is no connection to the robot at the moment.");
}
