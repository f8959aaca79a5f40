import { decode, HEARTBEAT_LOST_MILLIS, type SignalMessage } from "./protocol.js";
import type { Time } from "./time.js";

/** A handshake that takes longer will not succeed. */
const OPEN_MILLIS = 10_000;

/** A living server answers within a round trip, or two and TCP's pause if a packet gets lost. */
const PROBE_MILLIS = 600;

export interface SocketEvents {
  opened(): void;
  message(message: SignalMessage): void;
  /** It is over, or never began. Comes once; nothing comes after it. */
  lost(): void;
}

/** One WebSocket to the signaling server, for as long as it lasts. */
export class SignalSocket {
  readonly #socket: WebSocket;
  readonly #time: Time;
  readonly #events: SocketEvents;
  #cancel: () => void;
  #over = false;
  #probing = false;

  constructor(url: string, time: Time, events: SocketEvents) {
    this.#time = time;
    this.#events = events;
    this.#socket = new WebSocket(url);
    this.#cancel = time.after(OPEN_MILLIS, () => this.#lose());
    this.#socket.onopen = () => {
      this.#heard();
      events.opened();
    };
    this.#socket.onmessage = (event) => this.#receive(event.data);
    this.#socket.onclose = () => this.#lose();
  }

  get open(): boolean {
    return !this.#over && this.#socket.readyState === WebSocket.OPEN;
  }

  /** False if the socket is not open. */
  send(message: SignalMessage): boolean {
    if (!this.open) {
      return false;
    }
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /**
   * Asks the server for a sign of life, because something else has fallen silent; without one the
   * socket counts as lost soon, and not only after {@link HEARTBEAT_LOST_MILLIS}.
   */
  probe(): void {
    if (!this.#probing && this.send({ type: "ping" })) {
      this.#probing = true;
      this.#cancel();
      this.#cancel = this.#time.after(PROBE_MILLIS, () => this.#lose());
    }
  }

  /** Ends it without a word to its events. */
  close(): void {
    this.#over = true;
    this.#cancel();
    this.#socket.close();
  }

  #receive(data: unknown): void {
    if (this.#over) {
      return;
    }
    const message = decode<SignalMessage>(data);
    // Nothing else ends a probe: what still comes in says nothing of what goes out.
    if (!this.#probing || message?.type === "pong") {
      this.#heard();
    }
    if (message?.type === "ping") {
      this.send({ type: "pong" });
    } else if (message !== null) {
      this.#events.message(message);
    }
  }

  #heard(): void {
    this.#probing = false;
    this.#cancel();
    this.#cancel = this.#time.after(HEARTBEAT_LOST_MILLIS, () => this.#lose());
  }

  #lose(): void {
    if (!this.#over) {
      this.close();
      this.#events.lost();
    }
  }
}
