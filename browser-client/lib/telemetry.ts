import type { Telemetry } from "#protocol";
import { Listeners } from "./listeners.js";

/** The driver's newest values by name, such as `pose`, `speed`, `battery`. */
export type TelemetryValues = Readonly<Record<string, unknown>>;

/** What a robot reports about itself, ten times a second. */
export class TelemetryFeed {
  readonly #reports = new Listeners<[TelemetryValues]>();
  #newest: TelemetryValues | null = null;
  #beat = 0;

  /** The last report, null before the first. */
  get newest(): TelemetryValues | null {
    return this.#newest;
  }

  /** Calls back with every report; the result ends it. */
  subscribe(callback: (values: TelemetryValues) => void): () => void {
    return this.#reports.add(callback);
  }

  /** @internal The robot's clock as of its newest report: what `drive` returns to it. */
  get beat(): number {
    return this.#beat;
  }

  /** @internal A new session begins; a robot that was started anew counts from anywhere. */
  restart(): void {
    this.#beat = 0;
  }

  /** @internal Reports may overtake each other; the robot's clock tells which is newest. */
  receive({ beat, values }: Telemetry): void {
    if (beat > this.#beat) {
      this.#beat = beat;
      this.#newest = isObject(values) ? values : {};
      this.#reports.emit(this.#newest);
    }
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
