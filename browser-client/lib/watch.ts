import type { Time } from "./time.js";

/** No beat for this long: the path is weak, and the page says so. */
const WEAK_MILLIS = 400;

/**
 * Short cuts heal by themselves as soon as packets flow; changed addresses need a new search, and
 * the old path stays in use until there is a better one.
 */
const RESTART_MILLIS = 700;

/** The next search, if that one found nothing. */
const AGAIN_MILLIS = 3000;

const LOOK_MILLIS = 100;

const MOST_RESTARTS = 3;

/** What the watch asks for. */
export interface WatchEvents {
  /** The robot has fallen silent, or is heard again. */
  weak(weak: boolean): void;
  /** Search a path anew. False if that cannot be said at the moment. */
  restart(): boolean;
  /** Nothing helped: this session is lost. */
  lost(): void;
}

/** Watches over a session's path by the robot's beat, which comes ten times a second. */
export class PathWatch {
  #heardAt = -Infinity;
  #restartedAt = -Infinity;
  #restarts = 0;
  #weak = false;
  #cancel: (() => void) | null = null;

  constructor(
    private readonly time: Time,
    private readonly events: WatchEvents,
  ) {}

  /** The channels are open. */
  start(): void {
    this.heard();
    this.#look();
  }

  /** The robot was heard. */
  heard(): void {
    this.#heardAt = this.time.now();
    this.#restarts = 0;
    this.#restartedAt = -Infinity;
    if (this.#weak) {
      this.#weak = false;
      this.events.weak(false);
    }
  }

  /** The browser itself has given the path up. */
  failed(): void {
    this.#weaken();
    this.#restart();
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #look(): void {
    this.#cancel = this.time.after(LOOK_MILLIS, () => this.#look());
    const silent = this.time.now() - this.#heardAt;
    if (silent >= WEAK_MILLIS) {
      this.#weaken();
    }
    if (silent >= RESTART_MILLIS) {
      this.#restart();
    }
  }

  #weaken(): void {
    if (!this.#weak) {
      this.#weak = true;
      this.events.weak(true);
    }
  }

  #restart(): void {
    const now = this.time.now();
    if (now - this.#restartedAt < AGAIN_MILLIS) {
      return;
    }
    if (this.#restarts >= MOST_RESTARTS) {
      this.close();
      this.events.lost();
    } else if (this.events.restart()) {
      this.#restarts += 1;
      this.#restartedAt = now;
    }
  }
}
