import type { Closed, Failed, IceServer, Joined, Media, Resumed, Role } from "#protocol";
import { Backoff } from "./backoff.js";
import type { Channels } from "./channels.js";
import { isFinal, type ErrorCode } from "./errors.js";
import { signalUrl, type JoinOptions } from "./options.js";
import { Peer } from "./peer.js";
import { PROTOCOL, type SignalMessage } from "./protocol.js";
import { SignalSocket } from "./socket.js";
import type { ConnectionState, Notice, Status } from "./status.js";
import type { Time } from "./time.js";
import type { Timings } from "./timings.js";
import { PathWatch } from "./watch.js";

/** A session whose channels are not open by then has found no path. */
const OPEN_MILLIS = 15_000;

export interface ConnectionEvents {
  status(status: Status): void;
  notice(notice: Notice): void;
  track(track: MediaStreamTrack): void;
  /** A session's channels are open. */
  opened(channels: Channels): void;
  /** That session has ended; another may follow. */
  ended(): void;
}

interface Session {
  readonly id: string;
  readonly role: Role;
  readonly peer: Peer;
  readonly watch: PathWatch;
  resumeKey: string;
  media: readonly Media[];
  iceServers: readonly IceServer[];
  open: boolean;
  cancelDeadline: () => void;
}

/**
 * The way to one robot, kept up: a socket to the server, a session with the robot, and what to do
 * when either is lost. The session does not need the socket to live on, and a new socket takes it
 * up again; a session that is lost is joined anew.
 */
export class Connection {
  readonly #url: string;
  readonly #retries = new Backoff(300, 5000);
  readonly #rejoins = new Backoff(300, 8000);
  #socket: SignalSocket | null = null;
  #session: Session | null = null;
  #prepared: Peer | null = null;
  #status: Status = { state: "connecting", code: null, reason: "", retryAt: null };
  #timings: Timings = {};
  #beganAt = 0;
  #everOpen = false;
  #joining = false;
  #backWithinMillis: number | null = null;
  #weakPath = false;
  #toldServerLost = false;
  #cancelRetry: () => void = () => {};

  constructor(
    private readonly robotId: string,
    private readonly options: JoinOptions,
    private readonly time: Time,
    private readonly events: ConnectionEvents,
  ) {
    this.#url = signalUrl(options.server);
  }

  get status(): Status {
    return this.#status;
  }

  get timings(): Readonly<Timings> {
    return this.#timings;
  }

  get role(): Role | null {
    return this.#session?.role ?? null;
  }

  get sessionId(): string | null {
    return this.#session?.id ?? null;
  }

  start(): void {
    this.#began();
    this.#openSocket();
  }

  /** Tries at once instead of when the wait is over: the network is said to be back. */
  hurry(): void {
    if (this.#status.state !== "closed" && this.#socket === null) {
      this.#openSocket();
    }
  }

  /** Ends everything. */
  close(code: ErrorCode, reason: string): void {
    if (this.#status.state === "closed") {
      return;
    }
    this.#leave(null);
    this.#prepared?.close();
    this.#prepared = null;
    this.#cancelRetry();
    this.#socket?.close();
    this.#socket = null;
    this.#to("closed", code, reason);
  }

  // The socket

  #openSocket(): void {
    this.#cancelRetry();
    this.#cancelRetry = () => {};
    if (this.#session === null) {
      this.#prepare();
    }
    this.#socket = new SignalSocket(this.#url, this.time, {
      opened: () => this.#socketOpened(),
      message: (message) => this.#receive(message),
      lost: () => this.#socketLost(),
    });
  }

  #socketOpened(): void {
    if (this.#session === null) {
      this.#mark("socketOpen");
      this.#join();
    } else {
      const { id, resumeKey } = this.#session;
      this.#socket?.send({ type: "resume", protocol: PROTOCOL, sessionId: id, resumeKey });
    }
  }

  #socketLost(): void {
    this.#socket = null;
    this.#joining = false;
    if (this.#impatient("server-unreachable", "The server cannot be reached.")) {
      return;
    }
    const millis =
      this.#backWithinMillis === null
        ? this.#retries.next()
        : Math.random() * this.#backWithinMillis;
    this.#backWithinMillis = null;
    this.#cancelRetry = this.time.after(millis, () => this.#openSocket());
    if (this.#session?.open === true && !this.#weakPath) {
      if (!this.#toldServerLost) {
        this.#toldServerLost = true;
        this.events.notice({
          code: "server-lost",
          text: "The server is out of reach; the connection to the robot goes on without it.",
        });
      }
    } else {
      this.#to(
        this.#everOpen ? "reconnecting" : "connecting",
        "server-unreachable",
        "The server cannot be reached.",
        this.time.now() + millis,
      );
    }
  }

  #receive(message: SignalMessage): void {
    const session = this.#session;
    switch (message.type) {
      case "waiting":
        this.#retries.reset();
        this.#to("waiting", "robot-away", "The robot is away. It is joined the moment it comes.");
        break;
      case "joined":
        this.#retries.reset();
        this.#joined(message);
        break;
      case "resumed":
        this.#retries.reset();
        this.#resumed(message);
        break;
      case "describe":
        if (message.sessionId === session?.id) {
          session.peer.describe(message);
          this.#mark("answered");
        }
        break;
      case "candidate":
        if (message.sessionId === session?.id) {
          session.peer.candidate(message);
        }
        break;
      case "renegotiate":
        if (message.sessionId === session?.id) {
          session.media = message.media;
          session.peer.renegotiate(message.restart, message.media);
        }
        break;
      case "presence":
        // What was under way when the robot's socket broke did not arrive.
        if (message.sessionId === session?.id && message.present && session.peer.negotiating) {
          session.peer.renegotiate(true, session.media);
        }
        break;
      case "expiring":
        this.events.notice({
          code: "token-expiring",
          text: `Your invitation runs out in ${message.seconds} s.`,
        });
        break;
      case "restarting":
        this.#backWithinMillis = message.withinMillis;
        break;
      case "closed":
        if (message.sessionId === session?.id) {
          this.#endSession();
          this.#recover(message);
        }
        break;
      case "error":
        this.#refused(message);
        break;
      default:
        // Not for this side, or from a newer server.
        break;
    }
  }

  /** The server's last word on this socket. */
  #refused({ code, reason }: Failed): void {
    this.#socket?.close();
    this.#socket = null;
    this.#joining = false;
    const session = this.#session;
    const about = ["no-such-session", "resume-invalid", "resume-expired", "robot-restarted"];
    if (session?.open === true && !isFinal(code) && !about.includes(code)) {
      // A busy or restarting server is no reason to give a living session up.
      this.#socketLost();
      return;
    }
    this.#endSession();
    this.#recover({ code, reason });
  }

  // The session

  #join(): void {
    if (this.#joining || this.#socket?.open !== true) {
      return;
    }
    this.#joining = true;
    this.#prepare();
    this.#socket.send({
      type: "join",
      protocol: PROTOCOL,
      robotId: this.robotId,
      token: this.options.token ?? null,
      wait: this.options.wait === true || this.#everOpen,
      client: this.options.client ?? null,
    });
  }

  #joined(message: Joined): void {
    this.#joining = false;
    this.#endSession();
    if (this.#status.state === "waiting") {
      this.#began();
      this.#to(this.#everOpen ? "reconnecting" : "connecting", null, "");
    }
    this.#mark("joined");
    const peer = this.#prepare();
    this.#prepared = null;
    const session: Session = {
      id: message.sessionId,
      role: message.role,
      resumeKey: message.resumeKey,
      media: message.media,
      iceServers: message.iceServers,
      peer,
      open: false,
      watch: new PathWatch(this.time, {
        weak: (weak) => this.#weak(weak),
        restart: () => this.#restart(),
        lost: () => this.#noPath(),
      }),
      cancelDeadline: this.time.after(OPEN_MILLIS, () => this.#noPath()),
    };
    this.#session = session;
    peer.begin(message);
  }

  #resumed(message: Resumed): void {
    const session = this.#session;
    if (session === null || session.id !== message.sessionId) {
      return;
    }
    session.resumeKey = message.resumeKey;
    session.media = message.media;
    session.iceServers = message.iceServers;
    session.peer.restart(message.iceServers, message.media);
    if (this.#toldServerLost) {
      this.#toldServerLost = false;
      this.events.notice({ code: "server-back", text: "The server is back." });
    }
    if (this.#weakPath) {
      this.#weak(true);
    }
  }

  /** The peer connection of the next session, made ahead of it. */
  #prepare(): Peer {
    this.#prepared ??= this.#createPeer();
    return this.#prepared;
  }

  #createPeer(): Peer {
    const mine = (act: (session: Session) => void) => {
      if (this.#session?.peer === peer) {
        act(this.#session);
      }
    };
    const peer: Peer = new Peer({
      signal: (message) =>
        mine(() => {
          this.#socket?.send(message);
          if (message.type === "describe") {
            this.#mark("offerSent");
          }
        }),
      track: (track) => mine(() => this.events.track(track)),
      pathFound: () => mine(() => this.#mark("pathFound")),
      open: () => mine((session) => this.#opened(session)),
      pathFailed: () => mine((session) => session.watch.failed()),
      broken: (reason) =>
        mine(() => {
          this.#leave("peer-failed");
          this.#recover({ code: "peer-failed", reason });
        }),
    });
    return peer;
  }

  #opened(session: Session): void {
    session.open = true;
    session.cancelDeadline();
    session.watch.start();
    this.#everOpen = true;
    this.#mark("channelsOpen");
    this.#rejoins.reset();
    this.events.opened(session.peer.channels);
    this.#to("connected", null, "");
  }

  /** The robot was heard on the path itself. */
  heard(): void {
    this.#session?.watch.heard();
  }

  #weak(weak: boolean): void {
    this.#weakPath = weak;
    if (this.#session?.open === true) {
      if (weak) {
        this.#to("reconnecting", "robot-silent", "Nothing comes from the robot at the moment.");
      } else {
        this.#to("connected", null, "");
      }
    }
  }

  #restart(): boolean {
    const session = this.#session;
    if (session === null || this.#socket?.open !== true) {
      return false;
    }
    session.peer.restart(session.iceServers, session.media);
    return true;
  }

  #noPath(): void {
    this.#leave("peer-failed");
    this.#recover({
      code: "peer-failed",
      reason: "No path was found between this browser and the robot.",
    });
  }

  /** Says to the robot that the session is over, and forgets it. */
  #leave(code: "peer-failed" | null): void {
    if (this.#session !== null) {
      const sessionId = this.#session.id;
      this.#socket?.send({ type: "leave", sessionId, code, reason: null });
      this.#endSession();
    }
  }

  #endSession(): void {
    const session = this.#session;
    if (session !== null) {
      this.#session = null;
      this.#weakPath = false;
      session.cancelDeadline();
      session.watch.close();
      session.peer.close();
      if (session.open) {
        this.events.ended();
      }
    }
  }

  /** There is no session any more: another one, unless somebody has to act first. */
  #recover({ code, reason }: Pick<Closed, "code" | "reason">): void {
    if (isFinal(code)) {
      this.close(code, reason);
    } else if (!this.#impatient(code, reason)) {
      const millis = this.#rejoins.next();
      this.#to(
        this.#everOpen ? "reconnecting" : "connecting",
        code,
        reason,
        this.time.now() + millis,
      );
      this.#cancelRetry();
      this.#cancelRetry = this.time.after(millis, () => {
        this.#began();
        if (this.#socket === null) {
          this.#openSocket();
        } else {
          this.#mark("socketOpen");
          this.#join();
        }
      });
    }
  }

  /** Who does not wait is told of the first failure instead of a further attempt. */
  #impatient(code: ErrorCode, reason: string): boolean {
    if (this.options.wait === true || this.#everOpen) {
      return false;
    }
    this.close(code, reason);
    return true;
  }

  #began(): void {
    this.#beganAt = this.time.now();
    this.#timings = {};
  }

  #mark(part: keyof Timings): void {
    if (this.#session?.open !== true || part === "channelsOpen") {
      this.#timings[part] ??= this.time.now() - this.#beganAt;
    }
  }

  #to(state: ConnectionState, code: ErrorCode | null, reason: string, retryAt?: number): void {
    this.#status = { state, code, reason, retryAt: retryAt ?? null };
    this.events.status(this.#status);
  }
}
