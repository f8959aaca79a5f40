import type { Held } from "./pilot.js";

/** Within this part of the way, a thumb rests. */
const DEAD = 0.12;

/** The stick on the screen: held by one finger or the mouse, springs back when let go. */
export class Stick {
  #pointer: number | null = null;

  constructor(
    private readonly pad: HTMLElement,
    private readonly knob: HTMLElement,
    private readonly changed: (held: Held) => void,
  ) {
    pad.addEventListener("pointerdown", (event) => {
      if (this.#pointer === null) {
        event.preventDefault();
        this.#pointer = event.pointerId;
        pad.setPointerCapture(event.pointerId);
        this.#move(event);
      }
    });
    pad.addEventListener("pointermove", (event) => {
      if (event.pointerId === this.#pointer) {
        this.#move(event);
      }
    });
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"] as const) {
      pad.addEventListener(end, (event) => {
        if (event.pointerId === this.#pointer) {
          this.release();
        }
      });
    }
    pad.addEventListener("contextmenu", (event) => event.preventDefault());
  }

  /** Springs back, whoever holds it. */
  release(): void {
    const pointer = this.#pointer;
    this.#pointer = null;
    if (pointer !== null && this.pad.hasPointerCapture(pointer)) {
      this.pad.releasePointerCapture(pointer);
    }
    this.#show(0, 0);
    this.changed({ linear: 0, angular: 0 });
  }

  #move(event: PointerEvent): void {
    const box = this.pad.getBoundingClientRect();
    const reach = box.width / 2 - this.knob.offsetWidth / 2;
    const right = (event.clientX - box.left - box.width / 2) / reach;
    const down = (event.clientY - box.top - box.height / 2) / reach;
    const far = Math.max(1, Math.hypot(right, down));
    this.#show((right / far) * reach, (down / far) * reach);
    this.changed({ linear: axis(-down / far), angular: axis(-right / far) });
  }

  #show(right: number, down: number): void {
    this.knob.style.transform = `translate(${right}px, ${down}px)`;
    this.pad.classList.toggle("held", this.#pointer !== null);
  }
}

function axis(value: number): number {
  const beyond = (Math.abs(value) - DEAD) / (1 - DEAD);
  return beyond <= 0 ? 0 : Math.sign(value) * Math.min(1, beyond);
}
