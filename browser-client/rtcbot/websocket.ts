import { Messenger } from "./messenger.js";

/**
 * Messages over a WebSocket, in the same form as over an {@link RTCConnection}.
 *
 * ```js
 * const ws = new rtcbot.Websocket("/socket");
 * ws.subscribe((message) => console.log(message));
 * ws.put_nowait({ data: "ping" });
 * ```
 */
export class Websocket extends Messenger {
  readonly #socket: WebSocket;

  /** @param url where, also as `http:` or `https:`, or relative to the page */
  constructor(url: string | URL) {
    super();
    const address = new URL(url, document.baseURI);
    address.protocol = address.protocol.replace(/^http/, "ws");
    this.#socket = new WebSocket(address);
    this.#socket.onopen = () => this.opened();
    this.#socket.onmessage = ({ data }) => this.received(data);
    this.#socket.onerror = () => {
      if (!this.closed) {
        // Browsers do not tell pages why.
        this.failed(new Error(`The WebSocket to ${address.host} failed, or could not be opened.`));
      }
    };
    this.#socket.onclose = () => this.close();
  }

  protected override get name(): string {
    return "Websocket";
  }

  protected override get idle(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  protected override transmit(text: string): void {
    this.#socket.send(text);
  }

  protected override release(): void {
    this.#socket.close();
  }
}
