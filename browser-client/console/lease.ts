import type { FarhandError, LeaseRequest, MotionState, Robot } from "/lib/farhand.js";
import { nameOf } from "./names.js";
import { element, write } from "./page.js";

type Driven = Pick<
  Robot,
  | "state"
  | "motion"
  | "role"
  | "requestControl"
  | "withdrawRequest"
  | "grant"
  | "refuse"
  | "takeOver"
>;

interface Row {
  readonly line: HTMLElement;
  readonly left: HTMLElement;
  readonly buttons: readonly HTMLElement[];
}

/** Asking to drive, answering who asks, taking over: the buttons, and the time that is left. */
export class Lease {
  readonly #ask = element<HTMLButtonElement>("ask");
  readonly #takeOver = element<HTMLButtonElement>("take-over");
  readonly #list = element("requests");
  readonly #rows = new Map<string, Row>();
  #refusedUntil = -Infinity;
  #asking = false;
  #driver: string | null = null;

  constructor(
    private readonly robot: Driven,
    private readonly note: (text: string) => void,
    /** What this page may do, or is told, has changed. */
    private readonly changed: () => void,
  ) {
    this.#ask.addEventListener("click", () => this.#pressed());
    this.#takeOver.addEventListener("click", () => void robot.takeOver().catch(() => {}));
    window.setInterval(() => this.#tick(), 250);
  }

  /** Whether a request of this page was refused, and may not be made again yet. */
  get refused(): boolean {
    return performance.now() < this.#refusedUntil;
  }

  show(): void {
    const motion = this.#motion;
    const mayDrive = this.robot.role !== "viewer";
    const othersDrive = motion !== null && motion.driver !== null && !motion.you;
    this.#ask.hidden = !othersDrive || !mayDrive;
    this.#takeOver.hidden = !othersDrive || this.robot.role !== "owner";
    this.#showRequests(motion);
    this.#tell(motion);
    this.#tick();
  }

  get #motion(): MotionState | null {
    return this.robot.state === "connected" ? this.robot.motion : null;
  }

  get #own(): LeaseRequest | undefined {
    return this.#motion?.requests.find(({ you }) => you);
  }

  #pressed(): void {
    if (this.#own !== undefined) {
      void this.robot.withdrawRequest().catch(() => {});
    } else if (!this.refused && !this.#asking) {
      this.#asking = true;
      this.robot
        .requestControl()
        .catch(({ againMillis }: FarhandError) => {
          if (againMillis !== null) {
            this.#refusedUntil = performance.now() + againMillis;
            this.changed();
          }
        })
        .finally(() => (this.#asking = false));
    }
  }

  /** Rows stay the same elements while their request stands, so that a focus is not lost. */
  #showRequests(motion: MotionState | null): void {
    const requests = motion?.requests.filter(({ you }) => !you) ?? [];
    for (const [id, { line }] of this.#rows) {
      if (requests.every(({ operator }) => operator.id !== id)) {
        line.remove();
        this.#rows.delete(id);
      }
    }
    for (const request of requests) {
      const row = this.#rows.get(request.operator.id) ?? this.#add(request);
      for (const button of row.buttons) {
        button.hidden = motion?.you !== true;
      }
    }
  }

  #add(request: LeaseRequest): Row {
    const { operator } = request;
    const name = nameOf(operator);
    const line = document.createElement("li");
    const words = document.createElement("span");
    words.className = "asks";
    words.textContent = `${name} asks to drive`;
    const left = document.createElement("span");
    left.className = "left";
    // Screen readers hear of the request, not of each second.
    left.setAttribute("aria-hidden", "true");
    const give = button("Give", `Give the robot to ${name}`, "grant", () =>
      this.robot.grant(operator.id),
    );
    const refuse = button("Refuse", `Refuse ${name}`, "refuse", () =>
      this.robot.refuse(operator.id),
    );
    line.append(words, left, give, refuse);
    this.#list.append(line);
    const row = { line, left, buttons: [give, refuse] };
    this.#rows.set(operator.id, row);
    this.note(`${name} asks to drive.${this.#unanswered(request, name)}`);
    return row;
  }

  /** What the one who can answer has to know. */
  #unanswered({ grantAt }: LeaseRequest, name: string): string {
    return this.#motion?.you === true
      ? ` Without an answer ${name} drives in ${seconds(grantAt - performance.now())}.`
      : "";
  }

  /** Says in the log who has the robot now; not what was so when this page came. */
  #tell(motion: MotionState | null): void {
    const driver = motion?.driver?.id ?? null;
    if (motion !== null && driver !== this.#driver) {
      if (motion.driver !== null && this.#driver !== null) {
        this.note(motion.you ? "You drive now." : `${nameOf(motion.driver)} drives now.`);
      }
      this.#driver = driver;
    }
  }

  /** The time left, in whole seconds. */
  #tick(): void {
    const now = performance.now();
    const own = this.#own;
    let text = "Ask to drive";
    if (own !== undefined) {
      text = `Withdraw request (${seconds(own.grantAt - now)})`;
    } else if (this.refused) {
      text = `Ask again in ${seconds(this.#refusedUntil - now)}`;
    } else if (this.#refusedUntil > 0) {
      this.#refusedUntil = -Infinity;
      this.changed();
    }
    write(this.#ask, text);
    this.#ask.setAttribute("aria-disabled", String(own === undefined && this.refused));
    for (const request of this.#motion?.requests ?? []) {
      const row = this.#rows.get(request.operator.id);
      if (row !== undefined) {
        const unless = this.#motion?.you === true ? " unless you answer" : "";
        write(row.left, `Given in ${seconds(request.grantAt - now)}${unless}`);
      }
    }
  }
}

function button(
  text: string,
  spoken: string,
  testId: string,
  pressed: () => Promise<void>,
): HTMLElement {
  const made = document.createElement("button");
  made.className = testId === "grant" ? "button primary" : "button";
  made.textContent = text;
  made.setAttribute("aria-label", spoken);
  made.dataset["testid"] = testId;
  made.addEventListener("click", () => void pressed().catch(() => {}));
  return made;
}

function seconds(millis: number): string {
  return `${Math.max(0, Math.ceil(millis / 1000))} s`;
}
