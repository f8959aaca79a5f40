import type { Time } from "./time.js";

/**
 * When the parts of joining were done, in milliseconds since it began. What has not happened yet
 * is absent. Each session counts for itself, and does not count the time that a robot was away.
 */
export interface Timings {
  /** The WebSocket to the server was open. */
  readonly socketOpen?: number;
  /** The server had given a session. */
  readonly joined?: number;
  /** The offer was on its way. */
  readonly offerSent?: number;
  /** The robot's answer had come. */
  readonly answered?: number;
  /** A path to the robot was found and secured. */
  readonly pathFound?: number;
  /** All channels were open: the robot can be used. */
  readonly channelsOpen?: number;
}

/** Takes the {@link Timings} of one session after the other. */
export class Stopwatch {
  #beganAt = 0;
  #timings: { -readonly [part in keyof Timings]: Timings[part] } = {};

  constructor(private readonly time: Time) {}

  get timings(): Timings {
    return this.#timings;
  }

  begin(): void {
    this.#beganAt = this.time.now();
    this.#timings = {};
  }

  /** Only the first time counts, and nothing once the channels are open. */
  mark(part: keyof Timings): void {
    if (this.#timings.channelsOpen === undefined) {
      this.#timings[part] ??= this.time.now() - this.#beganAt;
    }
  }
}
