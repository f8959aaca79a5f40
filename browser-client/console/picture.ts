import { eachFrame } from "./frames.js";
import { element, write } from "./page.js";

/** A live picture that stands still for this long is no longer one to drive by. */
const FROZEN_MILLIS = 2000;

/** The first picture comes a moment after the session; only a longer wait is worth a word. */
const AWAITED_MILLIS = 1000;

/** Why the picture is none to drive by. */
export type Trouble = "missing" | "frozen" | "unseen";

const NOTES: Readonly<Record<Trouble, string>> = {
  missing: "Waiting for the picture",
  frozen: "The picture stands still",
  unseen: "The picture stands still",
};

export interface PictureEvents {
  /**
   * Whether the robot has a picture to show at the moment.
   *
   * @param seen whether it has shown one in this session
   */
  expected(seen: boolean): boolean;
  /** It is no longer one to drive by, or is one again: nothing that was held before counts on. */
  letGo(): void;
  /** The first frame of a session was shown. */
  seen(): void;
  /** {@link Picture.told} has changed. */
  changed(): void;
}

/** The robot's picture: shows it, and knows whether it is one to drive by. */
export class Picture {
  readonly #video = element<HTMLVideoElement>("video");
  readonly #note = element("picture-note");
  #awaitedSince = performance.now();
  #frameAt: number | null = null;
  #seen = false;
  #trouble: Trouble | null = null;
  #told: Trouble | null = null;

  constructor(
    private readonly stream: MediaStream,
    private readonly events: PictureEvents,
  ) {
    eachFrame(this.#video, () => {
      // A freeze that ends between two looks was one all the same.
      this.#look();
      this.#frameAt = performance.now();
      this.#video.dataset["frames"] = String(Number(this.#video.dataset["frames"] ?? 0) + 1);
      if (!this.#seen) {
        this.#seen = true;
        this.events.seen();
      }
      this.#look();
    });
    window.setInterval(() => this.#look(), 250);
    const sound = element<HTMLButtonElement>("sound");
    sound.addEventListener("click", () => {
      this.#video.muted = !this.#video.muted;
      sound.setAttribute("aria-pressed", String(!this.#video.muted));
    });
    window.setInterval(() => {
      sound.hidden = stream.getAudioTracks().length === 0;
    }, 1000);
  }

  /** Why nobody can drive by it just now; null if they can, or if the robot shows nothing. */
  get trouble(): Trouble | null {
    if (!this.events.expected(this.#seen)) {
      return null;
    }
    if (this.#frameAt === null) {
      return "missing";
    }
    if (performance.now() - this.#frameAt <= FROZEN_MILLIS) {
      return null;
    }
    // Browsers draw nothing for a video that was scrolled away.
    const { top, bottom } = this.#video.getBoundingClientRect();
    return bottom <= 0 || top >= window.innerHeight ? "unseen" : "frozen";
  }

  /** The same as far as it has lasted long enough for a person to be told. */
  get told(): Trouble | null {
    return this.#told;
  }

  /** Whether it has come in this session. */
  get seen(): boolean {
    return this.#seen;
  }

  /** There is a session, and with it a picture to wait for. */
  attach(): void {
    this.reset();
    this.#show();
  }

  /** Frames of a session that has ended tell nothing about the next one. */
  reset(): void {
    this.#frameAt = null;
    this.#seen = false;
    this.#awaitedSince = performance.now();
    this.#look();
  }

  #show(): void {
    if (document.readyState !== "complete") {
      // A video element that waits for its first frame holds the page's load event up.
      window.addEventListener("load", () => this.#show(), { once: true });
    } else if (this.#video.srcObject === null) {
      this.#video.srcObject = this.stream;
    }
  }

  #look(): void {
    // A hidden page draws nothing, which says nothing about the robot.
    if (document.hidden) {
      this.#frameAt = null;
      this.#awaitedSince = performance.now();
    }
    const before = this.#trouble;
    this.#trouble = this.trouble;
    if (before !== this.#trouble) {
      this.events.letGo();
    }
    const brief = performance.now() - this.#awaitedSince < AWAITED_MILLIS;
    const told = this.#trouble === "missing" && brief ? null : this.#trouble;
    if (told !== this.#told) {
      this.#told = told;
      this.#note.hidden = told === null;
      write(this.#note, told === null ? "" : NOTES[told]);
      this.events.changed();
    }
  }
}
