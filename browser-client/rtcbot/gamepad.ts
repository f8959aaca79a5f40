import { Listeners } from "../lib/listeners.js";
import { Rate } from "./rate.js";

/** A button or an axis that has changed, in RTCBot's form: `btn0`, `axis1` … */
export interface PadMessage {
  readonly type: string;
  /** Whether the button is pressed; where the axis is, -1 to 1. */
  readonly value: boolean | number;
}

/** The whole pad: the value of each button and axis by its name. */
export type PadState = Readonly<Record<string, boolean | number>>;

const rate = new Rate("setGamepadRate", 0.1, 10);

/** How often all gamepads of this page are looked at, in Hz; 10 at the start. */
export function setGamepadRate(hertz: number): void {
  rate.set(hertz);
}

/**
 * The first gamepad that is plugged in, for as long as it is; then the next. Reports what has
 * changed since it was looked at last. Of a pad that was unplugged, and while the page is hidden,
 * every button is let go and every axis at rest.
 *
 * ```js
 * const gamepad = new rtcbot.Gamepad();
 * gamepad.subscribe(conn.put_nowait);
 * ```
 */
export class Gamepad {
  readonly #listeners = new Listeners<[PadMessage]>();
  readonly #stop = rate.every(() => this.#look());
  #index: number | null = null;
  #state: PadState = {};

  /** The whole pad, as it was looked at last. */
  get state(): PadState {
    return this.#state;
  }

  /** Calls back with every change; the result ends it. */
  subscribe(callback: (message: PadMessage) => void): () => void {
    return this.#listeners.add(callback);
  }

  /** Ends the subscription of this function. */
  unsubscribe(callback: (message: PadMessage) => void): void {
    this.#listeners.remove(callback);
  }

  /** Reports that all is at rest, and ends all subscriptions. */
  close(): void {
    this.#stop();
    this.#report({});
    this.#listeners.clear();
  }

  #look(): void {
    const pads = document.hidden
      ? []
      : (navigator.getGamepads?.() ?? []).filter((pad) => pad?.connected);
    const pad = pads.find((pad) => pad?.index === this.#index) ?? pads[0];
    this.#index = pad?.index ?? null;
    const state: Record<string, boolean | number> = {};
    pad?.buttons.forEach(({ pressed }, i) => (state[`btn${i}`] = pressed));
    pad?.axes.forEach((value, i) => (state[`axis${i}`] = value));
    this.#report(state);
  }

  /** What is no longer there is at rest. */
  #report(seen: PadState): void {
    const before = this.#state;
    const rest = Object.entries(before).map(([type, value]) => [
      type,
      typeof value === "boolean" ? false : 0,
    ]);
    const now: PadState = { ...(Object.fromEntries(rest) as PadState), ...seen };
    this.#state = now;
    for (const [type, value] of Object.entries(now)) {
      if (value !== (before[type] ?? (typeof value === "boolean" ? false : 0))) {
        this.#listeners.emit({ type, value });
      }
    }
  }
}
