import type { Candidate, Describe, IceCandidate, IceServer, Media } from "#protocol";
import { createChannels, type Channels } from "./channels.js";
import { gathered } from "./gathering.js";
import type { Time } from "./time.js";

export interface PeerEvents {
  /** To the robot, through the server. Lost if the server cannot be reached just now. */
  signal(message: Describe | Candidate): void;
  /** A picture or sound of the robot. */
  track(track: MediaStreamTrack): void;
  /** A secured path was found. */
  pathFound(): void;
  /** All channels are open. Comes once. */
  open(): void;
  /** Nothing has come on the path for a while; it may heal by itself. */
  pathWeak(): void;
  /** The browser has given the path up; a restart may find another. */
  pathFailed(): void;
  /** This peer connection is of no use any more. */
  broken(reason: string): void;
}

/** What `joined` says that a peer needs. */
export interface SessionTerms {
  readonly sessionId: string;
  readonly media: readonly Media[];
  readonly iceServers: readonly IceServer[];
  readonly trickle: boolean;
}

/**
 * One RTCPeerConnection and its negotiations. This side makes every offer, so there is no glare;
 * offers are numbered, and what belongs to an older one than the newest is dropped.
 *
 * The first offer is made before the session is there, while the server is still being asked:
 * for one camera, which is what nearly every robot has.
 */
export class Peer {
  readonly channels: Channels;
  readonly #connection: RTCPeerConnection;
  readonly #prepared: Promise<RTCSessionDescriptionInit>;
  readonly #closing = new AbortController();
  #events: PeerEvents | null = null;
  #terms: SessionTerms | null = null;
  #negotiation = 0;
  #offered = false;
  #answered = false;
  #localCandidates: (IceCandidate | null)[] = [];
  #remoteCandidates: (IceCandidate | null)[] = [];
  #open = false;

  /** @param plain whether the robot is expected to be a plain one */
  constructor(
    private readonly time: Time,
    readonly plain: boolean,
  ) {
    this.#connection = new RTCPeerConnection();
    this.channels = createChannels(this.#connection, plain);
    this.#connection.addTransceiver("video", { direction: "recvonly" });
    this.#prepared = this.#connection.createOffer();
    this.#prepared.catch(() => {});
    this.#listen();
  }

  /** Whether an offer has not been answered yet. */
  get negotiating(): boolean {
    return this.#negotiation > 0 && !this.#answered;
  }

  /** The session is there: makes the first offer. */
  begin(terms: SessionTerms, events: PeerEvents): void {
    this.#terms = terms;
    this.#events = events;
    void this.#attempt(async () => {
      this.#connection.setConfiguration({ iceServers: terms.iceServers.map(iceServer) });
      const added = this.#receive(terms.media);
      await this.#offer(added ? undefined : await this.#prepared);
    });
  }

  /** Makes a new offer. */
  renegotiate(media: readonly Media[]): void {
    void this.#attempt(async () => {
      this.#receive(media);
      await this.#offer(undefined);
    });
  }

  /** Searches paths anew, by way of these servers. */
  restart(iceServers: readonly IceServer[], media: readonly Media[]): void {
    void this.#attempt(async () => {
      this.#connection.setConfiguration({ iceServers: iceServers.map(iceServer) });
      this.#connection.restartIce();
      this.renegotiate(media);
    });
  }

  /** The robot's answer. */
  describe(message: Describe): void {
    if (message.negotiation !== this.#negotiation || message.description.type !== "answer") {
      return;
    }
    void this.#attempt(async () => {
      await this.#connection.setRemoteDescription(message.description);
      this.#answered = message.negotiation === this.#negotiation;
      if (this.#answered) {
        this.#remoteCandidates.splice(0).forEach((candidate) => this.#add(candidate));
      }
    });
  }

  /** One of the robot's candidates. */
  candidate(message: Candidate): void {
    if (message.negotiation !== this.#negotiation) {
      return;
    }
    if (this.#answered) {
      this.#add(message.candidate);
    } else {
      this.#remoteCandidates.push(message.candidate);
    }
  }

  /** What the browser knows of the connection. */
  stats(): Promise<RTCStatsReport> {
    return this.#connection.getStats();
  }

  /** Ends it; no event follows. */
  close(): void {
    this.#closing.abort();
    this.#connection.close();
  }

  async #offer(prepared: RTCSessionDescriptionInit | undefined): Promise<void> {
    const number = ++this.#negotiation;
    this.#offered = false;
    this.#answered = false;
    this.#localCandidates = [];
    this.#remoteCandidates = [];
    await this.#connection.setLocalDescription(prepared);
    if (this.#terms?.trickle === false) {
      await gathered(this.#connection, this.time, this.#closing.signal);
    }
    const offer = this.#connection.localDescription;
    // Meanwhile a newer offer may have begun.
    if (
      number === this.#negotiation &&
      !this.#closing.signal.aborted &&
      this.#terms !== null &&
      offer !== null
    ) {
      this.#events?.signal({
        type: "describe",
        sessionId: this.#terms.sessionId,
        negotiation: number,
        description: { type: "offer", sdp: offer.sdp },
      });
      this.#offered = true;
      if (this.#terms.trickle) {
        this.#localCandidates.splice(0).forEach((candidate) => this.#signal(candidate));
      }
    }
  }

  /** Asks for what the robot can show; true if the connection did not ask for it before. */
  #receive(media: readonly Media[]): boolean {
    let added = false;
    for (const kind of ["video", "audio"] as const) {
      const have = this.#connection
        .getTransceivers()
        .filter((transceiver) => transceiver.receiver.track.kind === kind).length;
      const want = media.filter((source) => source.kind === kind).length;
      for (let i = have; i < want; i++) {
        this.#connection.addTransceiver(kind, { direction: "recvonly" });
        added = true;
      }
    }
    return added;
  }

  #listen(): void {
    const connection = this.#connection;
    connection.onicecandidate = ({ candidate }) => {
      // An empty candidate ends one generation; only null ends the gathering.
      if (candidate?.candidate !== "") {
        const plain = candidate === null ? null : iceCandidate(candidate);
        if (!this.#offered) {
          this.#localCandidates.push(plain);
        } else if (this.#terms?.trickle === true) {
          this.#signal(plain);
        }
      }
    };
    connection.ontrack = ({ track, receiver }) => {
      // To drive, an old picture is worse than a missing one.
      receiver.jitterBufferTarget = 0;
      this.#events?.track(track);
    };
    connection.onconnectionstatechange = () => {
      if (connection.connectionState === "connected") {
        this.#events?.pathFound();
      } else if (connection.connectionState === "disconnected") {
        this.#events?.pathWeak();
      } else if (connection.connectionState === "failed") {
        this.#events?.pathFailed();
      }
    };
    const { user, farhand } = this.channels;
    const channels = [user, ...(Object.values(farhand ?? {}) as RTCDataChannel[])];
    for (const channel of channels) {
      channel.onopen = () => {
        const all = channels.every(({ readyState }) => readyState === "open");
        if (all && !this.#open && !this.#closing.signal.aborted) {
          this.#open = true;
          this.#events?.open();
        }
      };
      channel.onclose = () => this.#break(`The channel ${channel.label} closed.`);
    }
  }

  #signal(candidate: IceCandidate | null): void {
    if (this.#terms !== null && !this.#closing.signal.aborted) {
      this.#events?.signal({
        type: "candidate",
        sessionId: this.#terms.sessionId,
        negotiation: this.#negotiation,
        candidate,
      });
    }
  }

  #add(candidate: IceCandidate | null): void {
    // A candidate that the browser cannot use is no reason to end: others may do.
    this.#connection.addIceCandidate(candidate ?? undefined).catch(() => {});
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#break(error instanceof Error ? error.message : String(error));
    }
  }

  #break(reason: string): void {
    if (!this.#closing.signal.aborted) {
      this.close();
      this.#events?.broken(reason);
    }
  }
}

function iceServer(server: IceServer): RTCIceServer {
  return {
    urls: server.urls,
    ...(server.username !== null && { username: server.username }),
    ...(server.credential !== null && { credential: server.credential }),
  };
}

function iceCandidate(candidate: RTCIceCandidate): IceCandidate {
  return {
    candidate: candidate.candidate,
    sdpMid: candidate.sdpMid,
    sdpMLineIndex: candidate.sdpMLineIndex,
    usernameFragment: candidate.usernameFragment,
  };
}
