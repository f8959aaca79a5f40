import type {
  Candidate,
  Describe,
  IceServer,
  Joined,
  Media,
  Presence,
  Refresh,
  Renegotiate,
  Resume,
  Resumed,
  Role,
} from "#protocol";
import type { Channels } from "./channels.js";
import { PathTeller, type Path } from "./path.js";
import { PROTOCOL } from "./protocol.js";
import type { Peer } from "./peer.js";
import type { Time } from "./time.js";
import type { Stopwatch } from "./timings.js";
import { PathWatch } from "./watch.js";

/** A session whose channels are not open by then has found no path. */
const OPEN_MILLIS = 15_000;

/** A plain robot gathers all of its candidates before it answers. */
const PLAIN_OPEN_MILLIS = 25_000;

const NO_PATH = "No path was found between this browser and the robot.";
const PATH_LOST = "The path to the robot was lost.";
const PROGRAM_LEFT = "The robot's program ended the connection.";

/** What the server says about a session that goes on. */
export type SessionMessage = Describe | Candidate | Renegotiate | Refresh | Presence | Resumed;

export interface SessionEvents {
  /** To the robot, through the server; false if that cannot be reached just now. */
  send(message: Describe | Candidate): boolean;
  /** A picture or sound of the robot. */
  track(track: MediaStreamTrack): void;
  /** The channels are open. Comes once. */
  opened(channels: Channels): void;
  /** The robot has fallen silent, or is heard again. */
  weak(weak: boolean): void;
  /** Packets take this path now. */
  path(path: Path): void;
  /** The session is of no use any more. Nothing comes after it. */
  lost(code: "peer-failed" | "robot-left", reason: string): void;
}

/**
 * One session with a robot: its peer connection, and the watch over its path.
 *
 * A plain robot (an RTCBot program) takes one complete offer and gives one complete answer. Then
 * signaling has done its work, there is no beat to watch the path by, and what is lost is joined
 * anew.
 */
export class Session {
  readonly id: string;
  readonly role: Role;
  /** Whether the robot is a plain one. */
  readonly plain: boolean;
  readonly #peer: Peer;
  readonly #watch: PathWatch | null;
  readonly #teller: PathTeller;
  readonly #events: SessionEvents;
  readonly #stopwatch: Stopwatch;
  readonly #cancelDeadline: () => void;
  #resumeKey: string;
  #media: readonly Media[];
  #iceServers: readonly IceServer[];
  readonly #shown = new Set<string>();
  #answered = false;
  #open = false;
  #weak = false;
  #serverThere = true;

  constructor(joined: Joined, peer: Peer, time: Time, stopwatch: Stopwatch, events: SessionEvents) {
    this.id = joined.sessionId;
    this.role = joined.role;
    this.plain = !joined.trickle;
    this.#resumeKey = joined.resumeKey;
    this.#media = joined.media;
    this.#iceServers = joined.iceServers;
    this.#peer = peer;
    this.#stopwatch = stopwatch;
    this.#events = events;
    this.#teller = new PathTeller(
      time,
      () => peer.stats(),
      (path) => events.path(path),
    );
    this.#watch = this.plain
      ? null
      : new PathWatch(time, {
          weak: (weak) => this.#weaken(weak),
          restart: () => this.#restart(),
          lost: () => this.#lose(NO_PATH),
        });
    const openMillis = this.plain ? PLAIN_OPEN_MILLIS : OPEN_MILLIS;
    this.#cancelDeadline = time.after(openMillis, () => this.#lose(NO_PATH));
    peer.begin(joined, {
      signal: (message) => {
        if (events.send(message) && message.type === "describe") {
          stopwatch.mark("offerSent");
        }
      },
      track: (track) => {
        this.#shown.add(track.kind);
        events.track(track);
      },
      pathFound: () => {
        stopwatch.mark("pathFound");
        if (this.plain) {
          this.#weaken(false);
        }
      },
      pathWeak: () => {
        if (this.plain) {
          this.#weaken(true);
        }
      },
      pathFailed: () => (this.plain ? this.#lose(PATH_LOST) : this.#watch?.failed()),
      open: () => this.#opened(),
      broken: (reason) => {
        if (this.plain && this.#open) {
          this.#lose(PROGRAM_LEFT, "robot-left");
        } else {
          this.#lose(reason);
        }
      },
    });
  }

  /**
   * What the robot can show, as the server last said. Of a plain robot the server cannot know, so
   * it is what the robot does show.
   */
  get media(): readonly Media[] {
    return this.plain ? this.#media.filter(({ kind }) => this.#shown.has(kind)) : this.#media;
  }

  /** Whether its channels have opened. */
  get open(): boolean {
    return this.#open;
  }

  /** Whether nothing comes from the robot at the moment. */
  get weak(): boolean {
    return this.#weak;
  }

  /** Whether it has no need of the server any more, and nothing to resume. */
  get independent(): boolean {
    return this.plain && this.#answered;
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
    if (this.plain && (message.type !== "describe" || this.#answered)) {
      // There is one answer, it is complete, and nothing can follow it.
      return;
    }
    switch (message.type) {
      case "describe":
        this.#stopwatch.mark("answered");
        this.#answered = true;
        this.#peer.describe(message);
        break;
      case "candidate":
        this.#peer.candidate(message);
        break;
      case "renegotiate":
        this.#media = message.media;
        if (message.restart) {
          this.#restart();
        } else {
          this.#peer.renegotiate(message.media);
        }
        break;
      case "refresh":
        this.#iceServers = message.iceServers;
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
    this.#watch?.heard();
  }

  /** Ends it; no event follows. */
  close(): void {
    this.#cancelDeadline();
    this.#watch?.close();
    this.#teller.close();
    this.#peer.close();
  }

  #opened(): void {
    this.#cancelDeadline();
    this.#open = true;
    this.#stopwatch.mark("channelsOpen");
    this.#watch?.start();
    this.#events.opened(this.#peer.channels);
    this.#teller.look();
  }

  #restart(): boolean {
    if (this.#serverThere) {
      this.#peer.restart(this.#iceServers, this.#media);
    }
    return this.#serverThere;
  }

  #weaken(weak: boolean): void {
    const changed = weak !== this.#weak;
    this.#weak = weak;
    if (this.#open && changed) {
      this.#events.weak(weak);
      if (!weak) {
        this.#teller.look();
      }
    }
  }

  #lose(reason: string, code: "peer-failed" | "robot-left" = "peer-failed"): void {
    this.close();
    this.#events.lost(code, reason);
  }
}
