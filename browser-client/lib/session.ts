import type {
  Candidate,
  Describe,
  IceServer,
  Joined,
  Media,
  Presence,
  Renegotiate,
  Resume,
  Resumed,
  Role,
} from "#protocol";
import type { Channels } from "./channels.js";
import { PROTOCOL } from "./protocol.js";
import type { Peer } from "./peer.js";
import type { Time } from "./time.js";
import type { Stopwatch } from "./timings.js";
import { PathWatch } from "./watch.js";

/** A session whose channels are not open by then has found no path. */
const OPEN_MILLIS = 15_000;

const NO_PATH = "No path was found between this browser and the robot.";

/** What the server says about a session that goes on. */
export type SessionMessage = Describe | Candidate | Renegotiate | Presence | Resumed;

export interface SessionEvents {
  /** To the robot, through the server; false if that cannot be reached just now. */
  send(message: Describe | Candidate): boolean;
  /** A picture or sound of the robot. */
  track(track: MediaStreamTrack): void;
  /** The channels are open. Comes once. */
  opened(channels: Channels): void;
  /** The robot has fallen silent, or is heard again. */
  weak(weak: boolean): void;
  /** The session is of no use any more. Nothing comes after it. */
  lost(reason: string): void;
}

/** One session with a robot: its peer connection, and the watch over its path. */
export class Session {
  readonly id: string;
  readonly role: Role;
  readonly #peer: Peer;
  readonly #watch: PathWatch;
  readonly #events: SessionEvents;
  readonly #stopwatch: Stopwatch;
  readonly #cancelDeadline: () => void;
  #resumeKey: string;
  #media: readonly Media[];
  #iceServers: readonly IceServer[];
  #open = false;
  #weak = false;
  #serverThere = true;

  constructor(joined: Joined, peer: Peer, time: Time, stopwatch: Stopwatch, events: SessionEvents) {
    this.id = joined.sessionId;
    this.role = joined.role;
    this.#resumeKey = joined.resumeKey;
    this.#media = joined.media;
    this.#iceServers = joined.iceServers;
    this.#peer = peer;
    this.#stopwatch = stopwatch;
    this.#events = events;
    this.#watch = new PathWatch(time, {
      weak: (weak) => {
        this.#weak = weak;
        if (this.#open) {
          events.weak(weak);
        }
      },
      restart: () => this.#restart(),
      lost: () => this.#lose(NO_PATH),
    });
    this.#cancelDeadline = time.after(OPEN_MILLIS, () => this.#lose(NO_PATH));
    peer.begin(joined, {
      signal: (message) => {
        if (events.send(message) && message.type === "describe") {
          stopwatch.mark("offerSent");
        }
      },
      track: (track) => events.track(track),
      pathFound: () => stopwatch.mark("pathFound"),
      pathFailed: () => this.#watch.failed(),
      open: () => this.#opened(),
      broken: (reason) => this.#lose(reason),
    });
  }

  /** What the robot can show, as the server last said. */
  get media(): readonly Media[] {
    return this.#media;
  }

  /** Whether its channels have opened. */
  get open(): boolean {
    return this.#open;
  }

  /** Whether nothing comes from the robot at the moment. */
  get weak(): boolean {
    return this.#weak;
  }

  /** What takes this session up again on a new socket. */
  resume(): Resume {
    return {
      type: "resume",
      protocol: PROTOCOL,
      sessionId: this.id,
      resumeKey: this.#resumeKey,
    };
  }

  /** The socket is gone; a search for paths has to wait. */
  serverLost(): void {
    this.#serverThere = false;
  }

  receive(message: SessionMessage): void {
    switch (message.type) {
      case "describe":
        this.#stopwatch.mark("answered");
        this.#peer.describe(message);
        break;
      case "candidate":
        this.#peer.candidate(message);
        break;
      case "renegotiate":
        this.#media = message.media;
        this.#peer.renegotiate(message.restart, message.media);
        break;
      case "presence":
        // What was under way when the robot's socket broke did not arrive, and a robot that has
        // changed its network is found by a new search only.
        if (message.present && (this.#peer.negotiating || this.#weak)) {
          this.#restart();
        }
        break;
      case "resumed":
        this.#serverThere = true;
        this.#resumeKey = message.resumeKey;
        this.#media = message.media;
        this.#iceServers = message.iceServers;
        this.#restart();
        break;
    }
  }

  /** The robot was heard on the path itself. */
  heard(): void {
    this.#watch.heard();
  }

  /** Ends it; no event follows. */
  close(): void {
    this.#cancelDeadline();
    this.#watch.close();
    this.#peer.close();
  }

  #opened(): void {
    this.#cancelDeadline();
    this.#open = true;
    this.#stopwatch.mark("channelsOpen");
    this.#watch.start();
    this.#events.opened(this.#peer.channels);
  }

  #restart(): boolean {
    if (this.#serverThere) {
      this.#peer.restart(this.#iceServers, this.#media);
    }
    return this.#serverThere;
  }

  #lose(reason: string): void {
    this.close();
    this.#events.lost(reason);
  }
}
