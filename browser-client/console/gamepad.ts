import type { Held } from "./pilot.js";

const LOOK_MILLIS = 50;

/** Worn sticks rest this far from their middle. */
const DEAD = 0.15;

const REST: Held = { linear: 0, angular: 0 };

/** Of the standard mapping (W3C Gamepad): the right one of the four, and the one in the middle. */
const STOPS: readonly number[] = [1, 16];

/**
 * A gamepad: its left stick drives, its button B (or circle) stops. One that is unplugged, or falls
 * asleep, lets go; after that its stick has to rest once before it drives.
 */
export class GamepadStick {
  #timer: number | undefined;
  #held: Held = REST;
  #spent = true;
  #stopDown = false;

  constructor(
    private readonly changed: (held: Held) => void,
    private readonly stop: () => void,
    /** Whether the robot takes commands; if not, the gamepad is left alone. */
    private readonly commanded: () => boolean,
    /** Whether the stick may drive from here. */
    private readonly drivable: () => boolean,
  ) {
    window.addEventListener("gamepadconnected", () => {
      this.#timer ??= window.setInterval(() => this.#look(), LOOK_MILLIS);
    });
    window.addEventListener("gamepaddisconnected", () => this.#look());
  }

  /** Lets go. A stick that is still held counts again when it has rested. */
  release(): void {
    this.#spent = true;
    this.#hold(REST);
  }

  #look(): void {
    const pad = navigator.getGamepads().find((one) => one?.connected === true) ?? null;
    if (pad === null) {
      this.release();
      window.clearInterval(this.#timer);
      this.#timer = undefined;
      return;
    }
    if (this.commanded()) {
      this.#lookForStop(pad);
    }
    if (!this.commanded() || !this.drivable()) {
      this.release();
      return;
    }
    const held = { linear: axis(-(pad.axes[1] ?? 0)), angular: axis(-(pad.axes[0] ?? 0)) };
    if (this.#spent && held.linear === 0 && held.angular === 0) {
      this.#spent = false;
    }
    this.#hold(this.#spent ? REST : held);
  }

  #lookForStop({ buttons }: Gamepad): void {
    const down = STOPS.some((index) => buttons[index]?.pressed === true);
    const pressed = down && !this.#stopDown;
    this.#stopDown = down;
    if (pressed) {
      this.stop();
    }
  }

  #hold(held: Held): void {
    if (held.linear !== this.#held.linear || held.angular !== this.#held.angular) {
      this.#held = held;
      this.changed(held);
    }
  }
}

function axis(value: number): number {
  const beyond = (Math.abs(value) - DEAD) / (1 - DEAD);
  return beyond > 0 ? Math.sign(value) * Math.min(1, beyond) : 0;
}
