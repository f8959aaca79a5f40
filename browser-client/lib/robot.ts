import type { Media, Refused, Role, State } from "#protocol";
import type { Channels } from "./channels.js";
import { Commands } from "./commands.js";
import { Connection } from "./connection.js";
import { DriveCadence } from "./drive.js";
import { FarhandError } from "./errors.js";
import { Listeners } from "./listeners.js";
import { motionState, type MotionState, type WantedMotion } from "./motion.js";
import type { JoinOptions } from "./options.js";
import { Outbox } from "./outbox.js";
import { PieceSender } from "./pieces.js";
import type { Path } from "./path.js";
import { decodePayload } from "./payload.js";
import { decode, type ChannelMessage } from "./protocol.js";
import type { ConnectionState, Notice, Status } from "./status.js";
import { StopRepeater } from "./stop.js";
import { TelemetryFeed } from "./telemetry.js";
import { systemTime, type Time } from "./time.js";
import type { Timings } from "./timings.js";

/**
 * A robot that this program has joined, or is about to. One object for as long as you want it:
 * connections come and go underneath, subscriptions and the video stream stay.
 */
export class Robot {
  /** The robot's ID. */
  readonly id: string;

  /**
   * What the robot shows. The same stream for the whole life of this object; its tracks change
   * when a connection is made anew, so give it to a video element once.
   */
  readonly video = new MediaStream();

  /** What the robot reports about itself, ten times a second. */
  readonly telemetry = new TelemetryFeed();

  /** Resolves when the robot can be used for the first time; rejects if that cannot be. */
  readonly ready: Promise<void>;

  readonly #connection: Connection;
  readonly #time: Time;
  readonly #outbox = new Outbox();
  #pieces: PieceSender | null = null;
  readonly #cadence: DriveCadence;
  readonly #stops: StopRepeater;
  readonly #statuses = new Listeners<[ConnectionState, Status]>();
  readonly #notices = new Listeners<[Notice]>();
  readonly #messages = new Listeners<[unknown]>();
  readonly #paths = new Listeners<[Path]>();
  readonly #motions = new Listeners<[MotionState]>();
  readonly #commands = new Commands((message) => this.#command(message));
  #motion: MotionState | null = null;
  #path: Path | null = null;
  #channels: Channels | null = null;
  #toldPlain = false;
  #toldBinary = false;
  #seq = 0;

  /** @internal Programs call `joinRobot` or `connectRobot`. */
  constructor(id: string, options: JoinOptions, time: Time = systemTime) {
    this.id = id;
    this.#time = time;
    this.#cadence = new DriveCadence(time, (linear, angular) => this.#sendDrive(linear, angular));
    this.#stops = new StopRepeater(time, (stopId, first) => this.#sendStop(stopId, first));
    this.#connection = new Connection(id, options, time, {
      status: (status) => this.#changed(status),
      notice: (notice) => this.#notices.emit(notice),
      track: (track) => this.#show(track),
      path: (path) => {
        this.#path = path;
        this.#paths.emit(path);
      },
      opened: (channels) => this.#opened(channels),
      ended: () => this.#ended(),
    });
    this.ready = this.#whenReady();
    this.ready.catch(() => {});
    this.#obey(options.signal);
    if (this.state !== "closed") {
      this.#connection.start();
    }
  }

  /** How the connection stands. */
  get state(): ConnectionState {
    return this.#connection.status.state;
  }

  /** The same with its reason. */
  get status(): Status {
    return this.#connection.status;
  }

  /**
   * Whether the robot is a plain one, an RTCBot program: false until it was joined. A plain robot
   * shows pictures and talks ({@link Robot.send}, {@link Robot.subscribe}), and has none of
   * Farhand's safety rules: no drive, no STOP, no arming, no telemetry. What moves it is its own
   * program's business, and when the connection is lost it may well move on.
   */
  get plain(): boolean {
    return this.#connection.plain;
  }

  /** What the robot last said of its motion; null until it has, and with a plain robot. */
  get motion(): MotionState | null {
    return this.#motion;
  }

  /** What the token allows here; null without a session. */
  get role(): Role | null {
    return this.#connection.role;
  }

  /** What the robot can show; empty without a session. */
  get media(): readonly Media[] {
    return this.#connection.media;
  }

  /** How long the parts of joining took. */
  get timings(): Timings {
    return this.#connection.timings;
  }

  /** Calls back on every change of the connection; the result ends it. */
  onState(callback: (state: ConnectionState, status: Status) => void): () => void {
    return this.#statuses.add(callback);
  }

  /** The path that packets take between this browser and the robot; null without a session. */
  get path(): Path | null {
    return this.#path;
  }

  /** Calls back with the path, at once or when it is known, and when it has become another. */
  onPath(callback: (path: Path) => void): () => void {
    return this.#paths.addKnowing(callback, () => (this.#path === null ? null : [this.#path]));
  }

  /** Calls back when the robot's motion, its cause, its driver, or who asks to drive changes. */
  onMotion(callback: (motion: MotionState) => void): () => void {
    return this.#motions.add(callback);
  }

  /** Calls back with what a person may want to know while the connection goes on. */
  onNotice(callback: (notice: Notice) => void): () => void {
    return this.#notices.add(callback);
  }

  /**
   * Calls back with the messages of the robot's program: JSON as values, else the string. Binary
   * ones are dropped; a notice `bad-message` says it once a session.
   */
  subscribe(callback: (message: unknown) => void): () => void {
    return this.#messages.add(callback);
  }

  /**
   * Sends a message to the robot's program: a string, or anything that JSON can hold, at most
   * 16 KiB. Resolves when it was handed to the network or, larger than 1 KiB, taken by the robot.
   *
   * @throws {@link FarhandError} (as a rejection) `too-large`, `not-connected`, `too-many-messages`
   */
  send(message: unknown): Promise<void> {
    return this.#outbox.send(message);
  }

  /**
   * Drives. Counts for half a second, so call it again and again (ten times a second, say) for as
   * long as the motion is wanted; a program that hangs stops the robot.
   *
   * A plain robot cannot be driven so: nothing is sent, and a notice `plain-robot` says it once.
   */
  drive(motion: WantedMotion): void {
    if (this.plain) {
      this.#refusePlain();
      return;
    }
    this.#cadence.drive(motion.linear, motion.angular);
  }

  /**
   * Stops the robot, which stays stopped until somebody arms it. Repeats itself until the robot
   * has confirmed, also over a new connection; resolves then.
   *
   * @throws {@link FarhandError} (as a rejection) `plain-robot`: it has no STOP to press;
   *   `not-connected` if the connection ends before, or has ended for good; or the robot's refusal
   */
  stop(): Promise<void> {
    if (this.plain) {
      return Promise.reject(this.#refusePlain());
    }
    this.#cadence.release();
    return this.#stops.press();
  }

  /**
   * Ends a pressed STOP, and no other than those that you know of; only who may drive can. Resolves
   * when the robot is armed; it then waits for a neutral {@link Robot.drive}.
   *
   * @param stops {@link MotionState.stops} of the state by which it was decided, such as the last
   *   that was shown to a person
   * @throws {@link FarhandError} (as a rejection) `stopped-again` (somebody has pressed STOP since),
   *   another refusal of the robot, `not-connected`, or `plain-robot`
   */
  arm(stops: number): Promise<void> {
    if (!Number.isSafeInteger(stops) || stops < 0) {
      throw new TypeError("stops must be that of a motion: robot.arm(robot.motion.stops).");
    }
    return this.#unlessPlain(() => {
      this.#cadence.arming();
      return this.#commands.arm(stops);
    });
  }

  /**
   * Asks to drive while somebody else does ({@link MotionState.driver}). Who drives hears of it
   * ({@link MotionState.requests}) and gives or refuses; without an answer the robot is given after
   * a while. Resolves when this session drives; the robot then waits for a neutral
   * {@link Robot.drive}. A robot that nobody drives need not be asked for: `drive` takes it.
   *
   * @throws {@link FarhandError} (as a rejection) `lease-refused` (its `againMillis` says when to
   *   ask again), `role-forbidden`, `too-many-waiting`, `no-such-request` (it was withdrawn),
   *   `not-connected`, or `plain-robot`
   */
  requestControl(): Promise<void> {
    return this.#unlessPlain(() => this.#commands.request());
  }

  /**
   * Asks no more. Resolves when the robot says so.
   *
   * @throws {@link FarhandError} (as a rejection) `not-connected`, or `plain-robot`
   */
  withdrawRequest(): Promise<void> {
    return this.#unlessPlain(() => this.#commands.withdraw());
  }

  /**
   * Gives the robot to an operator who asks; `operatorId` as in {@link MotionState.requests}.
   * Resolves when it is theirs.
   *
   * @throws {@link FarhandError} (as a rejection) `lease-held` (this session does not drive),
   *   `no-such-request`, `not-connected`, or `plain-robot`
   */
  grant(operatorId: string): Promise<void> {
    return this.#unlessPlain(() => this.#commands.grant(operatorId));
  }

  /**
   * Keeps the robot from an operator who asks, who may ask again after half a minute. Resolves and
   * rejects as {@link Robot.grant}.
   */
  refuse(operatorId: string): Promise<void> {
    return this.#unlessPlain(() => this.#commands.refuse(operatorId));
  }

  /**
   * Drives from now on, whoever did before: for owners. Resolves when this session drives; the
   * robot then waits for a neutral {@link Robot.drive}.
   *
   * @throws {@link FarhandError} (as a rejection) `role-forbidden`, `not-connected`, or
   *   `plain-robot`
   */
  takeOver(): Promise<void> {
    return this.#unlessPlain(() => this.#commands.takeOver());
  }

  /** Finds out at once what is lost: call it when the network is back, or has become another. */
  hurry(): void {
    this.#connection.hurry();
  }

  /** Leaves. The robot stops if this session drove it. */
  close(): void {
    this.#connection.close("operator-left", "You left.");
  }

  #obey(signal: AbortSignal | undefined): void {
    if (signal?.aborted === true) {
      this.close();
    }
    signal?.addEventListener("abort", () => this.close(), { once: true });
  }

  #whenReady(): Promise<void> {
    return new Promise((done, failed) => {
      const undo = this.onState((state, { code, reason }) => {
        if (state === "connected") {
          done();
          undo();
        } else if (state === "closed") {
          failed(new FarhandError(code ?? "unknown", reason));
          undo();
        }
      });
    });
  }

  #changed(status: Status): void {
    if (status.state === "closed") {
      this.#stops.close();
    }
    this.#statuses.emit(status.state, status);
  }

  #show(track: MediaStreamTrack): void {
    for (const old of this.video.getTracks()) {
      if (old.readyState === "ended" || old.id === track.id) {
        this.video.removeTrack(old);
      }
    }
    this.video.addTrack(track);
  }

  #opened(channels: Channels): void {
    this.#channels = channels;
    channels.user.onmessage = ({ data }) => this.#received(data);
    this.#toldBinary = false;
    this.#pieces =
      channels.farhand === null
        ? null
        : new PieceSender(this.#time, (piece) => void this.#command(piece));
    this.#outbox.attach(channels.user, this.#pieces);
    if (channels.farhand === null) {
      this.#toldPlain = false;
      this.#motion = null;
      this.#stops.refused(plainRobot());
      this.#commands.ended();
    } else {
      this.telemetry.restart();
      channels.farhand.command.onmessage = ({ data }) => this.#receive(data);
      channels.farhand.telemetry.onmessage = ({ data }) => this.#receive(data);
      this.#cadence.start();
      this.#stops.start();
    }
  }

  #ended(): void {
    this.#channels = null;
    this.#path = null;
    this.#outbox.detach();
    this.#cadence.end();
    this.#stops.end();
    this.#commands.ended();
  }

  /** A message of the robot's program. */
  #received(data: unknown): void {
    if (typeof data === "string") {
      this.#messages.emit(decodePayload(data));
    } else if (!this.#toldBinary) {
      this.#toldBinary = true;
      this.#notices.emit({
        code: "bad-message",
        text: "The robot sends binary messages, which are dropped: only text is carried here.",
      });
    }
  }

  #receive(data: unknown): void {
    this.#connection.heard();
    const message = decode<ChannelMessage>(data);
    switch (message?.type) {
      case "telemetry":
        this.telemetry.receive(message);
        break;
      case "stopped":
        this.#stops.confirmed(message.id);
        break;
      case "taken":
        this.#pieces?.taken();
        break;
      case "state":
        this.#moved(message);
        break;
      case "refused":
        this.#refused(message);
        break;
      default:
        break;
    }
  }

  #moved(state: State): void {
    this.#motion = motionState(state, this.#time.now());
    if (state.you && this.#commands.waiting) {
      this.#cadence.handed();
    }
    // After Arm the robot waits for neutral, whatever it has seen while STOP held it.
    this.#cadence.lease(state.you, state.armed && state.cause !== "release-first");
    this.#commands.told(this.#motion);
    this.#motions.emit(this.#motion);
  }

  #refused(refused: Refused): void {
    const { what, code, reason } = refused;
    if (code === "unknown-type") {
      this.#pieces?.unknownType();
    }
    this.#commands.refused(refused);
    if (what === "stop") {
      this.#stops.refused(new FarhandError(code, reason));
    }
    this.#notices.emit({ code, text: reason });
  }

  #unlessPlain(ask: () => Promise<void>): Promise<void> {
    return this.plain ? Promise.reject(this.#refusePlain()) : ask();
  }

  /** Says why nothing happens; in each session once. */
  #refusePlain(): FarhandError {
    const error = plainRobot();
    if (!this.#toldPlain) {
      this.#toldPlain = true;
      this.#notices.emit({ code: "plain-robot", text: error.message });
    }
    return error;
  }

  #sendDrive(linear: number, angular: number): void {
    // While STOP is on its way, nothing may contradict it.
    const held = this.#stops.pending;
    this.#control({
      type: "drive",
      seq: ++this.#seq,
      sentAt: Math.round(this.#time.now()),
      beat: this.telemetry.beat,
      linear: held ? 0 : linear,
      angular: held ? 0 : angular,
    });
  }

  #sendStop(id: number, first: boolean): void {
    this.#control({ type: "stop", id });
    if (first) {
      this.#command({ type: "stop", id });
    }
  }

  #control(message: ChannelMessage): void {
    if (this.#channels?.farhand?.control.readyState === "open") {
      this.#channels.farhand.control.send(JSON.stringify(message));
    }
  }

  #command(message: ChannelMessage): boolean {
    const open = this.#channels?.farhand?.command.readyState === "open";
    if (open) {
      this.#channels?.farhand?.command.send(JSON.stringify(message));
    }
    return open;
  }
}

function plainRobot(): FarhandError {
  return new FarhandError(
    "plain-robot",
    "This robot is an RTCBot program: it knows neither drive nor STOP. " +
      "Send it the messages that its program understands.",
  );
}
