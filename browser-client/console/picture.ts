import { element, write } from "./page.js";

/** A live picture that stands still for this long is no longer one to drive by. */
const FROZEN_MILLIS = 2000;

/** The robot's picture: shows it, and notices when it freezes. */
export class Picture {
  readonly #video = element<HTMLVideoElement>("video");
  readonly #note = element("picture-note");
  #frameAt: number | null = null;
  #frozen = false;

  constructor(
    private readonly stream: MediaStream,
    private readonly froze: () => void,
  ) {
    this.#next();
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

  /** There is a session, and with it a picture to wait for. */
  attach(): void {
    if (document.readyState !== "complete") {
      // A video element that waits for its first frame holds the page's load event up.
      window.addEventListener("load", () => this.attach(), { once: true });
    } else if (this.#video.srcObject === null) {
      this.#video.srcObject = this.stream;
    }
  }

  /** Frames of a session that has ended tell nothing about the next one. */
  reset(): void {
    this.#frameAt = null;
    this.#show(false);
  }

  #next(): void {
    this.#video.requestVideoFrameCallback(() => {
      this.#frameAt = performance.now();
      this.#video.dataset["frames"] = String(Number(this.#video.dataset["frames"] ?? 0) + 1);
      this.#show(false);
      this.#next();
    });
  }

  #look(): void {
    // A hidden page draws nothing, which says nothing about the robot.
    if (document.hidden) {
      this.#frameAt = null;
    } else if (this.#frameAt !== null && performance.now() - this.#frameAt > FROZEN_MILLIS) {
      this.#show(true);
    }
  }

  #show(frozen: boolean): void {
    if (frozen !== this.#frozen) {
      this.#frozen = frozen;
      this.#note.hidden = !frozen;
      write(this.#note, frozen ? "The picture stands still" : "");
      if (frozen) {
        this.froze();
      }
    }
  }
}
