import type { Closed, Failed, Joined, Media, Resumed, Role } from "#protocol";
import { Backoff } from "./backoff.js";
import type { Channels } from "./channels.js";
import { isFinal, type ErrorCode } from "./errors.js";
import { signalUrl, type JoinOptions } from "./options.js";
import type { Path } from "./path.js";
import { Peer } from "./peer.js";
import { PROTOCOL, type SignalMessage } from "./protocol.js";
import { Session } from "./session.js";
import { SignalSocket } from "./socket.js";
import type { ConnectionState, Notice, Status } from "./status.js";
import type { Time } from "./time.js";
import { Stopwatch, type Timings } from "./timings.js";

/** With these, the server says of a `resume` that there is nothing to take up. */
const SESSION_GONE: readonly ErrorCode[] = [
  "no-such-session",
  "resume-invalid",
  "resume-expired",
  "robot-restarted",
];

export interface ConnectionEvents {
  status(status: Status): void;
  notice(notice: Notice): void;
  track(track: MediaStreamTrack): void;
  /** The session's packets take this path now. */
  path(path: Path): void;
  /** A session's channels are open. */
  opened(channels: Channels): void;
  /** That session has ended; another may follow. */
  ended(): void;
}

/**
 * The way to one robot, kept up: a socket to the server, a session with the robot, and what to do
 * when either is lost. The session does not need the socket to live on, and a new socket takes it
 * up again; a session that is lost is joined anew.
 */
export class Connection {
  readonly #url: string;
  readonly #stopwatch: Stopwatch;
  readonly #retries: Backoff;
  readonly #rejoins: Backoff;
  #status: Status = { state: "connecting", code: null, reason: "", retryAt: null };
  #socket: SignalSocket | null = null;
  #session: Session | null = null;
  /** The peer connection of the next session, made while the server is still being asked. */
  #prepared: Peer | null = null;
  #plain = false;
  #everOpen = false;
  #backWithinMillis: number | null = null;
  #toldServerLost = false;
  #cancelNext: () => void = () => {};

  constructor(
    private readonly robotId: string,
    private readonly options: JoinOptions,
    private readonly time: Time,
    private readonly events: ConnectionEvents,
    private readonly random: () => number = Math.random,
  ) {
    this.#retries = new Backoff(300, 5000, random);
    this.#rejoins = new Backoff(300, 8000, random);
    this.#url = signalUrl(options.server);
    this.#stopwatch = new Stopwatch(time);
  }

  get status(): Status {
    return this.#status;
  }

  get timings(): Timings {
    return this.#stopwatch.timings;
  }

  get role(): Role | null {
    return this.#session?.role ?? null;
  }

  get media(): readonly Media[] {
    return this.#session?.media ?? [];
  }

  /** Whether the robot is a plain one, as far as is known. */
  get plain(): boolean {
    return this.#plain;
  }

  start(): void {
    this.#stopwatch.begin();
    this.#openSocket();
  }

  /** The network is said to have changed: tries at once what else would be tried later. */
  hurry(): void {
    const over = this.#status.state === "closed" || this.#session?.independent === true;
    if (over) {
      return;
    }
    if (this.#socket?.open === true) {
      this.#socket.probe();
    } else {
      // One that is just being opened may be stuck on the old network.
      this.#socket?.close();
      this.#openSocket();
    }
  }

  /** The robot was heard on the path itself. */
  heard(): void {
    this.#session?.heard();
  }

  /** Ends everything. */
  close(code: ErrorCode, reason: string): void {
    if (this.#status.state === "closed") {
      return;
    }
    this.#leave(null);
    this.#prepared?.close();
    this.#prepared = null;
    this.#cancelNext();
    this.#socket?.close();
    this.#socket = null;
    this.#to("closed", code, reason);
  }

  #openSocket(): void {
    this.#cancelNext();
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
      this.#join();
    } else {
      this.#socket?.send(this.#session.resume());
    }
  }

  #socketLost(): void {
    this.#socket = null;
    if (this.#session?.independent === true) {
      return;
    }
    if (this.#session?.plain === true) {
      // Its answer cannot come any more.
      this.#endSession();
    }
    this.#session?.serverLost();
    if (this.#impatient("server-unreachable", "The server cannot be reached.")) {
      return;
    }
    const millis = this.#delay();
    this.#cancelNext();
    this.#cancelNext = this.time.after(millis, () => this.#openSocket());
    if (this.#session?.open !== true || this.#session.weak) {
      this.#notYet("server-unreachable", "The server cannot be reached.", millis);
    } else if (!this.#toldServerLost) {
      this.#toldServerLost = true;
      this.events.notice({
        code: "server-lost",
        text: "The server is out of reach; the connection to the robot goes on without it.",
      });
    }
  }

  /** How long to wait before the next socket. */
  #delay(): number {
    const within = this.#backWithinMillis;
    this.#backWithinMillis = null;
    // Lost together with the path: that is this network's doing, and no crowd comes back with us.
    const alone = this.#session?.open === true && this.#session.weak && this.#retries.fresh;
    const usual = this.#retries.next();
    if (within !== null) {
      return this.random() * within;
    }
    return alone ? 0 : usual;
  }

  #receive(message: SignalMessage): void {
    switch (message.type) {
      case "waiting":
        this.#retries.reset();
        // A resume waits, too, for the robot's own return to the server; its session lives on.
        if (this.#session === null) {
          this.#to("waiting", "robot-away", "The robot is away. It is joined the moment it comes.");
        }
        break;
      case "joined":
        this.#retries.reset();
        this.#joined(message);
        break;
      case "describe":
      case "candidate":
      case "renegotiate":
      case "refresh":
      case "presence":
        if (message.sessionId === this.#session?.id) {
          this.#session.receive(message);
        }
        break;
      case "resumed":
        this.#retries.reset();
        if (message.sessionId === this.#session?.id) {
          this.#resumed(this.#session, message);
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
        if (message.sessionId === this.#session?.id) {
          this.#closed(message);
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

  #resumed(session: Session, message: Resumed): void {
    if (session.open && session.weak) {
      // Socket and path went together, and only the socket has come back: this network is another
      // one. On an old connection the browser would keep to the dead path for seconds.
      this.#leave("peer-failed");
      this.#notYet("path-silent", "The network of this computer has changed.", 0);
      this.#again();
    } else {
      session.receive(message);
      this.#serverBack(session);
    }
  }

  #closed({ code, reason }: Closed): void {
    // That a plain robot is with the server no more says nothing: its connection stands by itself.
    if (this.#session?.independent !== true || isFinal(code)) {
      this.#endSession();
      this.#recover({ code, reason });
    }
  }

  /** The server's last word on this socket. */
  #refused({ code, reason }: Failed): void {
    this.#socket?.close();
    this.#socket = null;
    const lives =
      this.#session?.independent === true ||
      (this.#session?.open === true && !SESSION_GONE.includes(code));
    if (lives && !isFinal(code)) {
      // A busy or restarting server is no reason to give a living session up.
      this.#socketLost();
    } else {
      this.#endSession();
      this.#recover({ code, reason });
    }
  }

  #join(): void {
    this.#stopwatch.mark("socketOpen");
    this.#prepare();
    this.#socket?.send({
      type: "join",
      protocol: PROTOCOL,
      robotId: this.robotId,
      token: this.options.token ?? null,
      wait: this.options.wait === true || this.#everOpen,
      client: this.options.client ?? null,
    });
  }

  #joined(joined: Joined): void {
    this.#endSession();
    if (this.#status.state === "waiting") {
      this.#stopwatch.begin();
      this.#to(this.#everOpen ? "reconnecting" : "connecting", null, "");
    }
    this.#stopwatch.mark("joined");
    this.#plain = !joined.trickle;
    const peer = this.#prepare();
    this.#prepared = null;
    this.#session = new Session(joined, peer, this.time, this.#stopwatch, {
      send: (message) => this.#socket?.send(message) ?? false,
      track: (track) => this.events.track(track),
      path: (path) => this.events.path(path),
      opened: (channels) => {
        this.#everOpen = true;
        this.#rejoins.reset();
        this.events.opened(channels);
        this.#to("connected", null, "");
      },
      weak: (weak) => this.#weak(weak),
      lost: (code, reason) => {
        this.#leave("peer-failed");
        this.#recover({ code, reason });
      },
    });
  }

  /** The next session's peer connection, for the kind of robot that is expected. */
  #prepare(): Peer {
    if (this.#prepared?.plain !== this.#plain) {
      this.#prepared?.close();
      this.#prepared = new Peer(this.time, this.#plain);
    }
    return this.#prepared;
  }

  #weak(weak: boolean): void {
    if (weak) {
      // Often it is the same network that has gone.
      this.#socket?.probe();
      this.#to("reconnecting", "path-silent", "Nothing comes from the robot at the moment.");
    } else {
      this.#to("connected", null, "");
    }
  }

  #serverBack(session: Session): void {
    if (this.#toldServerLost) {
      this.#toldServerLost = false;
      this.events.notice({ code: "server-back", text: "The server is back." });
    }
    if (session.open && session.weak) {
      this.#weak(true);
    }
  }

  /** Says to the robot that the session is over, and forgets it. */
  #leave(code: "peer-failed" | null): void {
    if (this.#session !== null) {
      this.#socket?.send({ type: "leave", sessionId: this.#session.id, code, reason: null });
      this.#endSession();
    }
  }

  #endSession(): void {
    const session = this.#session;
    if (session !== null) {
      this.#session = null;
      this.#toldServerLost = false;
      session.close();
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
      // Whoever moved is there already, and this operator was driving.
      const millis = code === "robot-moved" ? 0 : this.#rejoins.next();
      this.#notYet(code, reason, millis);
      this.#cancelNext();
      this.#cancelNext = this.time.after(millis, () => this.#again());
    }
  }

  #again(): void {
    this.#stopwatch.begin();
    if (this.#socket === null) {
      this.#openSocket();
    } else if (this.#socket.open) {
      this.#join();
    }
    // Else it is just being opened, and joins then.
  }

  /** Who does not wait is told of the first failure instead of a further attempt. */
  #impatient(code: ErrorCode, reason: string): boolean {
    if (this.options.wait === true || this.#everOpen) {
      return false;
    }
    this.close(code, reason);
    return true;
  }

  #notYet(code: ErrorCode, reason: string, millis: number): void {
    const state = this.#everOpen ? "reconnecting" : "connecting";
    this.#to(state, code, reason, this.time.now() + millis);
  }

  #to(state: ConnectionState, code: ErrorCode | null, reason: string, retryAt?: number): void {
    this.#status = { state, code, reason, retryAt: retryAt ?? null };
    this.events.status(this.#status);
  }
}
