import { takesText } from "../rtcbot/focus.js";
import type { Held } from "./pilot.js";

type Direction = "forward" | "back" | "left" | "right";

/** By the key's place, not its letter, so that other layouts have the same cross. */
const DIRECTIONS: Readonly<Record<string, Direction>> = {
  KeyW: "forward",
  ArrowUp: "forward",
  KeyS: "back",
  ArrowDown: "back",
  KeyA: "left",
  ArrowLeft: "left",
  KeyD: "right",
  ArrowRight: "right",
};

/** Their own keyup no longer counts as modified. "OS" is what Firefox once called Meta. */
const MODIFIERS: readonly string[] = ["Control", "Meta", "OS", "Alt", "AltGraph"];

/** The keyboard: directions are held; Escape and the space bar stop. */
export class Keys {
  readonly #held = new Set<string>();

  constructor(
    private readonly changed: (held: Held, directions: ReadonlySet<Direction>) => void,
    private readonly stop: () => void,
    /** Whether the robot can be driven; if not, keys are left to others. */
    private readonly drivable: () => boolean = () => true,
  ) {
    document.addEventListener("keydown", (event) => this.#down(event), { capture: true });
    document.addEventListener("keyup", (event) => this.#up(event), { capture: true });
    document.addEventListener("focusin", (event) => {
      if (takesText(event.target)) {
        this.release();
      }
    });
    // An open menu takes the keyup for itself.
    document.addEventListener("contextmenu", () => this.release(), { capture: true });
  }

  /** Lets go of all. A key that is still down counts again when it is pressed anew. */
  release(): void {
    if (this.#held.size > 0) {
      this.#held.clear();
      this.#changed();
    }
  }

  #down(event: KeyboardEvent): void {
    if (!this.drivable()) {
      return;
    }
    if (modified(event)) {
      this.release();
    }
    const typing = takesText(event.target);
    if (event.key === "Escape" || (event.code === "Space" && !typing)) {
      // Also on a button that has the focus: the space bar never does anything but stop.
      event.preventDefault();
      if (!event.repeat) {
        this.stop();
      }
    } else if (event.code in DIRECTIONS && !typing && !modified(event)) {
      event.preventDefault();
      if (!event.repeat) {
        this.#held.add(event.code);
        this.#changed();
      }
    }
  }

  #up(event: KeyboardEvent): void {
    if (event.code === "Space" && !takesText(event.target) && this.drivable()) {
      event.preventDefault();
    }
    if (modified(event)) {
      this.release();
    } else if (this.#held.delete(event.code)) {
      this.#changed();
    }
  }

  #changed(): void {
    const directions = new Set<Direction>();
    for (const code of this.#held) {
      const direction = DIRECTIONS[code];
      if (direction !== undefined) {
        directions.add(direction);
      }
    }
    const axis = (plus: Direction, minus: Direction) =>
      Number(directions.has(plus)) - Number(directions.has(minus));
    this.changed({ linear: axis("forward", "back"), angular: axis("left", "right") }, directions);
  }
}

/**
 * Whether a key is, or is pressed with, one that makes shortcuts of others. While Meta is down,
 * macOS tells no browser that a letter was let go, so nothing may be held across it.
 */
function modified(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.metaKey || event.altKey || MODIFIERS.includes(event.key);
}
