import type { FarhandError, Robot } from "/lib/farhand.js";
import type { Kept } from "./kept.js";
import { element, write } from "./page.js";

/**
 * STOP as a person presses it, and what becomes of it. A press that the connection's end has kept
 * from the robot is said when this tab joins it again.
 */
export class Stop {
  readonly #name: string;

  constructor(
    private readonly robot: Pick<Robot, "id" | "state" | "stop">,
    private readonly note: (text: string) => void,
    /** For this tab. */
    private readonly kept: Kept,
  ) {
    this.#name = `farhand.stop.${robot.id}`;
    if (kept.get(this.#name) !== null) {
      note("STOP, pressed before, was not confirmed: said as soon as the robot is reached.");
      this.#say();
    }
  }

  press(): void {
    if (this.robot.state !== "closed") {
      const connected = this.robot.state === "connected";
      this.note(connected ? "STOP" : "STOP: said as soon as the robot is reached.");
    }
    this.#say();
  }

  #say(): void {
    const { classList } = element("stop");
    classList.toggle("pressed", true);
    void this.robot
      .stop()
      .then(() => {
        this.kept.remove(this.#name);
        this.note("The robot has confirmed STOP.");
      })
      .catch((error: FarhandError) => {
        this.note(error.message);
        if (error.code === "not-connected") {
          this.#unsent(error.message);
        } else {
          this.kept.remove(this.#name);
        }
      })
      .finally(() => classList.toggle("pressed", false));
  }

  #unsent(message: string): void {
    const next = this.kept.set(this.#name, "pressed")
      ? "It is said as soon as this page has joined the robot again."
      : "Join the robot again, and press STOP anew.";
    const unsent = element("stop-unsent");
    unsent.hidden = false;
    write(unsent, `${message} ${next} If it must stand at once, use its hardware stop.`);
  }
}
