import type { Media, Refused, Role, State } from "#protocol";
import { Arming } from "./arming.js";
import type { Channels } from "./channels.js";
import { Connection } from "./connection.js";
import { DriveCadence } from "./drive.js";
import { FarhandError } from "./errors.js";
import { Listeners } from "./listeners.js";
import { motionState, type MotionState, type WantedMotion } from "./motion.js";
import type { JoinOptions } from "./options.js";
import { Outbox } from "./outbox.js";
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
  readonly #cadence: DriveCadence;
  readonly #stops: StopRepeater;
  readonly #statuses = new Listeners<[ConnectionState, Status]>();
  readonly #notices = new Listeners<[Notice]>();
  readonly #messages = new Listeners<[unknown]>();
  readonly #motions = new Listeners<[MotionState]>();
  readonly #arming = new Arming();
  #motion: MotionState | null = null;
  #channels: Channels | null = null;
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

  /** What the robot last said of its motion; null until it has. */
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

  /** Calls back when the robot's motion, its cause, or its driver changes. */
  onMotion(callback: (motion: MotionState) => void): () => void {
    return this.#motions.add(callback);
  }

  /** Calls back with what a person may want to know while the connection goes on. */
  onNotice(callback: (notice: Notice) => void): () => void {
    return this.#notices.add(callback);
  }

  /** Calls back with the messages of the robot's program: JSON as values, else the string. */
  subscribe(callback: (message: unknown) => void): () => void {
    return this.#messages.add(callback);
  }

  /**
   * Sends a message to the robot's program: a string, or anything that JSON can hold, at most
   * 16 KiB. Resolves when it was handed to the network.
   *
   * @throws {@link FarhandError} (as a rejection) `too-large`, `not-connected`, `too-many-messages`
   */
  send(message: unknown): Promise<void> {
    return this.#outbox.send(message);
  }

  /**
   * Drives. Counts for half a second, so call it again and again (ten times a second, say) for as
   * long as the motion is wanted; a program that hangs stops the robot.
   */
  drive(motion: WantedMotion): void {
    this.#cadence.drive(motion.linear, motion.angular);
  }

  /**
   * Stops the robot, which stays stopped until somebody arms it. Repeats itself until the robot
   * has confirmed, also over a new connection; resolves then.
   */
  stop(): Promise<void> {
    this.#cadence.release();
    return this.#stops.press();
  }

  /**
   * Ends a pressed STOP; only who may drive can. Resolves when the robot is armed.
   *
   * @throws {@link FarhandError} (as a rejection) with the robot's refusal, or `not-connected`
   */
  arm(): Promise<void> {
    const answer = this.#arming.answer();
    if (this.#channels === null) {
      this.#arming.refused(notConnected());
    } else if (this.#motion?.armed === true) {
      this.#arming.armed();
    } else {
      this.#command({ type: "arm" });
    }
    return answer;
  }

  /** Tries at once if the server is out of reach: call it when the network is back. */
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
    this.telemetry.restart();
    channels.user.onmessage = ({ data }) => this.#messages.emit(decodePayload(String(data)));
    channels.command.onmessage = ({ data }) => this.#receive(data);
    channels.telemetry.onmessage = ({ data }) => this.#receive(data);
    this.#outbox.attach(channels.user);
    this.#cadence.start();
    this.#stops.start();
  }

  #ended(): void {
    this.#channels = null;
    this.#outbox.detach();
    this.#cadence.end();
    this.#stops.end();
    this.#arming.refused(notConnected());
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
    this.#motion = motionState(state);
    this.#cadence.lease(state.you, state.cause !== "release-first");
    if (state.armed) {
      this.#arming.armed();
    }
    this.#motions.emit(this.#motion);
  }

  #refused({ what, code, reason }: Refused): void {
    if (what === "arm") {
      this.#arming.refused(new FarhandError(code, reason));
    }
    if (what === "stop") {
      this.#stops.refused(new FarhandError(code, reason));
    }
    this.#notices.emit({ code, text: reason });
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
    if (this.#channels?.control.readyState === "open") {
      this.#channels.control.send(JSON.stringify(message));
    }
  }

  #command(message: ChannelMessage): void {
    if (this.#channels?.command.readyState === "open") {
      this.#channels.command.send(JSON.stringify(message));
    }
  }
}

function notConnected(): FarhandError {
  return new FarhandError("not-connected", "There is no connection to the robot at the moment.");
}
