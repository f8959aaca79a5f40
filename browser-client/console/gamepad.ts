import type { Held } from "./pilot.js";

const LOOK_MILLIS = 50;

/** Worn sticks rest this far from their middle. */
const DEAD = 0.15;

const UNKNOWN =
  "This browser does not know the layout of this gamepad, so its sticks do not drive. " +
  "Each of its buttons is STOP.";

const REST: Held = { linear: 0, angular: 0 };

/** The layout that browsers know (W3C Gamepad): its stick rests in the middle by itself. */
const KNOWN = "standard";

/** In that layout: the right one of the four, and the one in the middle. */
const STOPS: readonly number[] = [1, 16];

/**
 * A gamepad: its left stick drives, its button B (or circle) stops. When one is unplugged or falls
 * asleep, or another takes its place, it lets go; after that the stick has to rest once before it
 * drives. Of several the first one drives, and all can stop. Where the browser does not know the
 * layout, nobody knows which axis is a throttle: such a one only stops, by whichever button.
 */
export class GamepadStick {
  #timer: number | undefined;
  #held: Held = REST;
  #spent = true;
  /** Which one drives. */
  #pad: string | null = null;
  /** What stops and was down at the last look. */
  #down: ReadonlySet<string> = new Set();

  constructor(
    private readonly changed: (held: Held) => void,
    private readonly stop: () => void,
    /** Whether the robot takes commands; if not, the gamepad is left alone. */
    private readonly commanded: () => boolean,
    /** Whether the stick may drive from here. */
    private readonly drivable: () => boolean,
    private readonly note: (text: string) => void,
  ) {
    window.addEventListener("gamepadconnected", ({ gamepad }) => {
      if (gamepad.mapping !== KNOWN && this.commanded()) {
        this.note(UNKNOWN);
      }
      this.#timer ??= window.setInterval(() => this.#look(), LOOK_MILLIS);
    });
    window.addEventListener("gamepaddisconnected", () => {
      // The same one may be back before the next look.
      this.release();
      this.#look();
    });
  }

  /** Lets go. A stick that is still held counts again when it has rested. */
  release(): void {
    this.#spent = true;
    this.#hold(REST);
  }

  #look(): void {
    const pads = navigator.getGamepads().filter((one): one is Gamepad => one?.connected === true);
    const pad = pads.find(({ mapping }) => mapping === KNOWN);
    const which = pad === undefined ? null : `${pad.index} ${pad.id}`;
    if (which !== this.#pad) {
      this.#pad = which;
      this.release();
    }
    if (this.commanded()) {
      this.#lookForStop(pads);
    }
    if (pads.length === 0) {
      window.clearInterval(this.#timer);
      this.#timer = undefined;
      return;
    }
    if (pad === undefined || !this.commanded() || !this.drivable()) {
      this.release();
      return;
    }
    const held = { linear: axis(-(pad.axes[1] ?? 0)), angular: axis(-(pad.axes[0] ?? 0)) };
    if (this.#spent && held.linear === 0 && held.angular === 0) {
      this.#spent = false;
    }
    this.#hold(this.#spent ? REST : held);
  }

  #lookForStop(pads: readonly Gamepad[]): void {
    const down = new Set<string>();
    for (const { index, mapping, buttons } of pads) {
      buttons.forEach(({ pressed }, button) => {
        if (pressed && (mapping !== KNOWN || STOPS.includes(button))) {
          down.add(`${index} ${button}`);
        }
      });
    }
    const before = this.#down;
    this.#down = down;
    if ([...down].some((one) => !before.has(one))) {
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
