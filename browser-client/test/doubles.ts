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
  onerror: (() => void) | null = null;

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

export class FakeChannel {
  readonly sent: string[] = [];
  readyState = "connecting";
  bufferedAmount = 0;
  bufferedAmountLowThreshold = -1;
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: ((event: { error?: object }) => void) | null = null;
  onbufferedamountlow: (() => void) | null = null;

  constructor(
    readonly label: string,
    readonly options: RTCDataChannelInit = {},
  ) {}

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.readyState = "closed";
  }

  /** It opens, as it does once a path is found. */
  open(): void {
    this.readyState = "open";
    this.onopen?.();
  }

  /** The other side says something. */
  say(data: unknown): void {
    this.onmessage?.({ data });
  }
}

interface FakeTransceiver {
  direction: string;
  readonly sender: { track: { kind: string } | null };
  readonly receiver: { track: { kind: string } };
}

/** What the library does with a peer connection, without any network. */
export class FakePeerConnection extends EventTarget {
  static all: FakePeerConnection[] = [];

  readonly channels: FakeChannel[] = [];
  readonly remote: string[] = [];
  readonly candidates: unknown[] = [];
  readonly transceivers: FakeTransceiver[] = [];
  configuration: RTCConfiguration;
  restarts = 0;
  stats: RTCStatsReport = new Map() as never;
  /** A candidate that is found before setLocalDescription has come back. */
  quickCandidate: string | null = null;
  closed = false;
  connectionState = "new";
  iceGatheringState = "complete";
  localDescription: RTCSessionDescriptionInit | null = null;
  remoteDescription: RTCSessionDescriptionInit | null = null;
  onicecandidate: ((event: { candidate: unknown }) => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  ondatachannel: ((event: { channel: FakeChannel }) => void) | null = null;
  ontrack: ((event: { track: object; receiver: object }) => void) | null = null;

  constructor(configuration: RTCConfiguration = {}) {
    super();
    this.configuration = configuration;
    FakePeerConnection.all.push(this);
  }

  static get newest(): FakePeerConnection {
    const connection = FakePeerConnection.all.at(-1);
    if (connection === undefined) {
      throw new Error("No peer connection was made.");
    }
    return connection;
  }

  createDataChannel(label: string, options?: RTCDataChannelInit): FakeChannel {
    const channel = new FakeChannel(label, options);
    this.channels.push(channel);
    return channel;
  }

  addTransceiver(kind: string, { direction = "sendrecv" } = {}): void {
    this.transceivers.push({ direction, sender: { track: null }, receiver: { track: { kind } } });
  }

  addTrack(track: { kind: string }): void {
    this.addTransceiver(track.kind);
    this.transceivers.at(-1)!.sender.track = track;
  }

  getTransceivers(): FakeTransceiver[] {
    return this.transceivers;
  }

  getSenders(): FakeTransceiver["sender"][] {
    return this.transceivers.map(({ sender }) => sender);
  }

  createOffer(): Promise<RTCSessionDescriptionInit> {
    return Promise.resolve({ type: "offer", sdp: "prepared" });
  }

  setLocalDescription(description?: RTCSessionDescriptionInit): Promise<void> {
    const type = this.remoteDescription?.type === "offer" ? "answer" : "offer";
    this.localDescription = description ?? { type, sdp: "made" };
    if (this.quickCandidate !== null) {
      this.find(this.quickCandidate);
    }
    return Promise.resolve();
  }

  setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
    const { sdp = "" } = description;
    if (sdp === "rubbish") {
      return Promise.reject(new Error("Failed to parse the description."));
    }
    this.remoteDescription = description;
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

  getStats(): Promise<RTCStatsReport> {
    return Promise.resolve(this.stats);
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

  /** All of this side's candidates stand in the description. */
  gathered(): void {
    this.iceGatheringState = "complete";
    this.dispatchEvent(new Event("icegatheringstatechange"));
  }

  /** The state of the path changes. */
  becomes(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }

  /** The other side sends a picture or sound. */
  show(kind: string): void {
    this.ontrack?.({ track: { kind, id: kind }, receiver: {} });
  }
}

/** A stream as far as it only holds tracks. */
export class FakeStream {
  constructor(readonly tracks: { kind: string }[] = []) {}

  getTracks(): { kind: string }[] {
    return [...this.tracks];
  }

  addTrack(track: { kind: string }): void {
    this.tracks.push(track);
  }

  removeTrack(track: { kind: string }): void {
    this.tracks.splice(this.tracks.indexOf(track), 1);
  }
}

/** Lets what was promised happen. */
export async function settle(): Promise<void> {
  await new Promise((done) => setImmediate(done));
}
