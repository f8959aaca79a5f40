import { NEUTRAL } from "./protocol.js";
import type { Time } from "./time.js";

/** How long one call of `drive` counts. A page that hangs stops the robot. */
const VALID_MILLIS = 500;

/** 20 Hz in motion, and on for a second, so that the end of a motion cannot get lost. */
const MOVING_EVERY_MILLIS = 50;
const MOVING_ON_MILLIS = 1000;

/** 2 Hz neutral keeps the lease. */
const HOLDING_EVERY_MILLIS = 500;

/** Changes do not wait for the next turn, but a stick's flutter does. */
const LEAST_GAP_MILLIS = 20;

/**
 * The robot wants to see neutral at the start of a lease, and after Arm. A motion that begins at
 * rest therefore begins with neutral; if no answer comes in this time, it says what is held, and the
 * robot decides.
 */
const ASKING_MILLIS = 1000;

/** Whether it asks for no motion. */
export function isNeutral(linear: number, angular: number): boolean {
  return Math.abs(linear) <= NEUTRAL && Math.abs(angular) <= NEUTRAL;
}

/** When to send which motion. Knows nothing of channels. */
export class DriveCadence {
  #linear = 0;
  #angular = 0;
  #validUntil = -Infinity;
  #movingUntil = -Infinity;
  #askUntil = -Infinity;
  #sentAt = -Infinity;
  #leased = false;
  #released = false;
  #connected = false;
  /** Whether a motion goes on that was begun without a session: the robot waits for neutral. */
  #heldOver = false;
  #cancel: (() => void) | null = null;

  constructor(
    private readonly time: Time,
    private readonly send: (linear: number, angular: number) => void,
  ) {}

  /** What is wanted from now on, for half a second. Values beyond -1 and 1 are clamped. */
  drive(linear: number, angular: number): void {
    if (Number.isNaN(linear) || Number.isNaN(angular)) {
      throw new TypeError("linear and angular must be numbers from -1 to 1.");
    }
    const now = this.time.now();
    const before = this.#wanted(now);
    this.#heldOver =
      !isNeutral(linear, angular) &&
      (!this.#connected || (this.#heldOver && now < this.#validUntil));
    this.#linear = Math.max(-1, Math.min(1, linear));
    this.#angular = Math.max(-1, Math.min(1, angular));
    this.#validUntil = now + VALID_MILLIS;
    if (!isNeutral(this.#linear, this.#angular)) {
      if (now >= this.#movingUntil && !this.#leased && !this.#heldOver) {
        this.#askUntil = now + ASKING_MILLIS;
      }
      this.#movingUntil = now + MOVING_ON_MILLIS;
    }
    const changed = before.linear !== this.#linear || before.angular !== this.#angular;
    if (changed || this.#cancel === null) {
      this.#turnSoon();
    }
  }

  /** Neutral, at once. */
  release(): void {
    this.#validUntil = -Infinity;
    this.#turnSoon();
  }

  /** What the robot last said: whether the lease is ours, and whether it has seen neutral. */
  lease(leased: boolean, released: boolean): void {
    const wasFree = this.#leased && this.#released;
    this.#leased = leased;
    this.#released = released;
    if (wasFree && !(leased && released)) {
      // What is held now must be let go of first.
      this.#askUntil = -Infinity;
    }
    if (this.#cancel === null || (!wasFree && leased && released)) {
      this.#turn();
    }
  }

  /** The lease comes from somebody else: what is held already must be let go of first. */
  handed(): void {
    this.#askUntil = -Infinity;
  }

  /** Arm was pressed: with nothing held, what begins now shows the robot neutral first. */
  arming(): void {
    const now = this.time.now();
    const { linear, angular } = this.#wanted(now);
    this.#askUntil = isNeutral(linear, angular) ? now + ASKING_MILLIS : -Infinity;
  }

  /** The session's channel is open. */
  start(): void {
    this.#connected = true;
    this.#turn();
  }

  /** The session has ended, and the lease with it. */
  end(): void {
    this.#connected = false;
    this.#leased = false;
    this.#released = false;
    this.#askUntil = -Infinity;
    const { linear, angular } = this.#wanted(this.time.now());
    this.#heldOver = !isNeutral(linear, angular);
    this.#cancel?.();
    this.#cancel = null;
  }

  #wanted(now: number): { linear: number; angular: number } {
    return now < this.#validUntil
      ? { linear: this.#linear, angular: this.#angular }
      : { linear: 0, angular: 0 };
  }

  /** At once, or as soon as the last is not too near. */
  #turnSoon(): void {
    const wait = this.#sentAt + LEAST_GAP_MILLIS - this.time.now();
    if (wait > 0) {
      this.#cancel?.();
      this.#cancel = this.time.after(wait, () => this.#turn());
    } else {
      this.#turn();
    }
  }

  #turn(): void {
    this.#cancel?.();
    this.#cancel = null;
    if (!this.#connected) {
      return;
    }
    const now = this.time.now();
    const wanted = this.#wanted(now);
    if (!isNeutral(wanted.linear, wanted.angular)) {
      this.#movingUntil = now + MOVING_ON_MILLIS;
    }
    const moving = now < this.#movingUntil;
    if (moving || this.#leased) {
      const asking = now < this.#askUntil && !(this.#leased && this.#released);
      this.send(asking ? 0 : wanted.linear, asking ? 0 : wanted.angular);
      this.#sentAt = now;
      const next = moving ? MOVING_EVERY_MILLIS : HOLDING_EVERY_MILLIS;
      this.#cancel = this.time.after(next, () => this.#turn());
    }
  }
}
