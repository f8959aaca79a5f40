import type { Robot } from "/lib/farhand.js";
import { Keyboard, type KeyMessage } from "../rtcbot/keyboard.js";
import { Pad } from "./pad.js";
import { element, write } from "./page.js";

const OFF = "Off: no key leaves this page.";
const ON = "On: every key that you press goes to the robot's program.";
const NOT_ALLOWED =
  "Your invitation lets you watch. To send keys, ask for one that lets you drive.";

/**
 * What takes the place of driving with a plain robot (an RTCBot program), which knows none of it:
 * a plain word on its safety, and a switch that sends keys in RTCBot's form.
 */
export class Plain {
  readonly #switch = element<HTMLInputElement>("send-keys");
  readonly #keyboard = new Keyboard();
  readonly #held = new Set<string>();

  constructor(
    private readonly robot: Pick<Robot, "plain" | "state" | "role" | "media" | "send">,
    private readonly note: (text: string) => void,
  ) {
    new Pad(element("pad").children as Iterable<HTMLElement>);
    this.#switch.checked = false;
    this.#switch.addEventListener("change", () => {
      if (this.#switch.checked) {
        this.#keyboard.subscribe((message) => this.#say(message));
      } else {
        this.#keyboard.close();
      }
      this.#show();
    });
  }

  /** Whether keys go to the robot. */
  get sending(): boolean {
    return this.#switch.checked;
  }

  /**
   * Shows how things stand. A lost connection turns the switch off: who comes back to the robot
   * decides anew.
   *
   * @param seen whether the robot has shown a picture in this session
   */
  show(seen: boolean): void {
    const { plain, state, role, media } = this.robot;
    const connected = plain && state === "connected";
    document.documentElement.toggleAttribute("data-plain", plain);
    element("plain").hidden = !plain;
    if (!connected && this.sending) {
      this.#off(
        "Keys are sent no more: the connection was interrupted. Turn it on again to go on.",
      );
    }
    this.#switch.disabled = !connected || role === "viewer";
    const empty = element("no-picture");
    const video = media.some(({ kind }) => kind === "video");
    empty.hidden = state !== "connected" || (plain ? seen : video);
    write(
      empty,
      !plain
        ? "This robot shows no picture."
        : video
          ? "No picture has come yet."
          : "This robot's program shows no picture.",
    );
    this.#show();
  }

  /** Lets go of every key. */
  release(): void {
    this.#keyboard.release();
  }

  #off(why: string): void {
    this.#keyboard.close();
    this.#switch.checked = false;
    this.note(why);
    this.#show();
  }

  #say(message: KeyMessage): void {
    // On the switch, the space bar turns it off.
    if (message.key === " " && document.activeElement === this.#switch) {
      return;
    }
    const name = message.key === " " ? "Space" : message.key;
    const label = name.length === 1 ? name.toUpperCase() : name;
    if (message.type === "keydown") {
      this.#held.add(label);
    } else {
      this.#held.delete(label);
    }
    this.#show();
    this.robot.send(message).catch((error: Error) => {
      if (this.sending) {
        this.#off(`Keys are sent no more: ${error.message}`);
      }
    });
  }

  #show(): void {
    const { sending } = this;
    if (!sending) {
      this.#held.clear();
    }
    element("plain").classList.toggle("sending", sending);
    write(
      element("send-keys-note"),
      this.robot.role === "viewer" ? NOT_ALLOWED : sending ? ON : OFF,
    );
    const note = element("keys-note");
    note.hidden = !sending;
    for (const key of element("pad").children) {
      key.classList.toggle("held", this.#held.has(key.textContent));
    }
    write(note, ["Keys go to the robot", ...this.#held].join(" · "));
  }
}
