import type { SignalMessage } from "../lib/protocol.js";

/** The server's end of the sockets that the library opens. Stands in for the browser's class. */
export class FakeSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSED = 3;
  static all: FakeSocket[] = [];

  readonly sent: SignalMessage[] = [];
  readyState = FakeSocket.CONNECTING;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;

  constructor(readonly url: string) {
    FakeSocket.all.push(this);
  }

  static get newest(): FakeSocket {
    const socket = FakeSocket.all.at(-1);
    if (socket === undefined) {
      throw new Error("No socket was opened.");
    }
    return socket;
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text) as SignalMessage);
  }

  close(): void {
    this.readyState = FakeSocket.CLOSED;
  }

  /** The handshake succeeds. */
  accept(): void {
    this.readyState = FakeSocket.OPEN;
    this.onopen?.();
  }

  /** The server says something. */
  say(message: SignalMessage): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }

  /** The connection breaks. */
  break(): void {
    this.readyState = FakeSocket.CLOSED;
    this.onclose?.();
  }

  /** What was sent of one kind. */
  all<T extends SignalMessage["type"]>(type: T): Extract<SignalMessage, { type: T }>[] {
    return this.sent.filter((message) => message.type === type) as never;
  }
}

class FakeChannel {
  readyState = "connecting";
  bufferedAmount = 0;
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;

  constructor(readonly label: string) {}
}

/** What the library does with a peer connection, without any network. */
export class FakePeerConnection {
  static all: FakePeerConnection[] = [];

  readonly channels: FakeChannel[] = [];
  readonly remote: string[] = [];
  readonly candidates: unknown[] = [];
  readonly transceivers: { receiver: { track: { kind: string } } }[] = [];
  configuration: RTCConfiguration = {};
  restarts = 0;
  /** A candidate that is found before setLocalDescription has come back. */
  quickCandidate: string | null = null;
  closed = false;
  connectionState = "new";
  localDescription: RTCSessionDescriptionInit | null = null;
  onicecandidate: ((event: { candidate: unknown }) => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;

  constructor() {
    FakePeerConnection.all.push(this);
  }

  static get newest(): FakePeerConnection {
    const connection = FakePeerConnection.all.at(-1);
    if (connection === undefined) {
      throw new Error("No peer connection was made.");
    }
    return connection;
  }

  createDataChannel(label: string): FakeChannel {
    const channel = new FakeChannel(label);
    this.channels.push(channel);
    return channel;
  }

  addTransceiver(kind: string): void {
    this.transceivers.push({ receiver: { track: { kind } } });
  }

  getTransceivers(): { receiver: { track: { kind: string } } }[] {
    return this.transceivers;
  }

  createOffer(): Promise<RTCSessionDescriptionInit> {
    return Promise.resolve({ type: "offer", sdp: "prepared" });
  }

  setLocalDescription(description?: RTCSessionDescriptionInit): Promise<void> {
    this.localDescription = description ?? { type: "offer", sdp: "made" };
    if (this.quickCandidate !== null) {
      this.find(this.quickCandidate);
    }
    return Promise.resolve();
  }

  setRemoteDescription({ sdp }: { sdp: string }): Promise<void> {
    if (sdp === "rubbish") {
      return Promise.reject(new Error("Failed to parse the description."));
    }
    this.remote.push(sdp);
    return Promise.resolve();
  }

  addIceCandidate(candidate?: unknown): Promise<void> {
    this.candidates.push(candidate ?? null);
    return Promise.resolve();
  }

  setConfiguration(configuration: RTCConfiguration): void {
    this.configuration = configuration;
  }

  restartIce(): void {
    this.restarts += 1;
  }

  close(): void {
    this.closed = true;
  }

  /** The channels open, as they do once a path is found. */
  openChannels(): void {
    for (const channel of this.channels) {
      channel.readyState = "open";
    }
    this.channels.forEach((channel) => channel.onopen?.());
  }

  /** One of this side's candidates is found. */
  find(candidate: string): void {
    this.onicecandidate?.({
      candidate: { candidate, sdpMid: "0", sdpMLineIndex: 0, usernameFragment: "u" },
    });
  }
}

/** Lets what was promised happen. */
export async function settle(): Promise<void> {
  await new Promise((done) => setImmediate(done));
}
