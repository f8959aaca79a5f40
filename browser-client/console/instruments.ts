import type { TelemetryValues } from "/lib/farhand.js";
import { element, write } from "./page.js";
import { Trail, type Pose } from "./trail.js";

/** A robot may report anything under any name. */
const MOST_ROWS = 64;
const MOST_CHARACTERS = 200;

/** Shows what a robot reports: what every rover has as instruments, the rest as a table. */
export class Instruments {
  readonly #trail = new Trail(element<HTMLCanvasElement>("map"));
  readonly #rows = new Map<string, HTMLTableCellElement>();

  show(values: TelemetryValues): void {
    for (const [name, value] of Object.entries(values)) {
      if (name === "pose" && isPose(value)) {
        this.#pose(value);
      } else if (name === "speed" && typeof value === "number") {
        this.#speed(value);
      } else if (name === "speed" && isObject(value) && typeof value["linear"] === "number") {
        this.#speed(value["linear"]);
      } else if (name === "battery" && isPart(value)) {
        this.#battery(value);
      } else if (name !== "at") {
        // "at" is when the driver looked; it means something to programs only.
        this.#other(name, value, values);
      }
    }
  }

  #pose(pose: Pose): void {
    write(element("pose-x"), fixed(pose.x));
    write(element("pose-y"), fixed(pose.y));
    write(element("heading"), String(degrees(pose.heading)));
    this.#trail.add(pose);
  }

  #speed(speed: number): void {
    const meter = element<HTMLMeterElement>("speed-meter");
    write(element("speed"), fixed(speed));
    // The fastest seen is the scale: robots differ, and none tells its limit.
    meter.max = Math.max(meter.max, Math.abs(speed));
    meter.value = Math.abs(speed);
  }

  #battery(part: number): void {
    const percent = Math.round(part * 100);
    write(element("battery"), String(percent));
    element<HTMLMeterElement>("battery-meter").value = percent;
  }

  #other(name: string, value: unknown, values: TelemetryValues): void {
    let cell = this.#rows.get(name);
    if (cell === undefined && this.#makeRoom(values)) {
      const row = element<HTMLTableElement>("values").insertRow();
      const head = document.createElement("th");
      head.scope = "row";
      head.textContent = cut(name);
      cell = document.createElement("td");
      row.append(head, cell);
      this.#rows.set(name, cell);
      element("values").hidden = false;
    }
    if (cell !== undefined) {
      write(cell, cut(plain(value)));
    }
  }

  /** Whether there is room for a row: once all are taken, one that is no longer reported goes. */
  #makeRoom(values: TelemetryValues): boolean {
    if (this.#rows.size < MOST_ROWS) {
      return true;
    }
    for (const [name, cell] of this.#rows) {
      if (!Object.hasOwn(values, name)) {
        this.#rows.delete(name);
        cell.parentElement?.remove();
        return true;
      }
    }
    return false;
  }
}

/** A value as a person reads it. */
function plain(value: unknown): string {
  if (typeof value === "number") {
    return Number.isInteger(value) ? String(value) : value.toPrecision(4);
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}

function cut(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text;
}

/** 0 to 359, counter-clockwise from x as the robot counts. */
function degrees(radians: number): number {
  return ((Math.round((radians * 180) / Math.PI) % 360) + 360) % 360;
}

/** Two decimals, and never a zero with a sign, which flickers. */
function fixed(value: number): string {
  const text = value.toFixed(2);
  return Number(text) === 0 ? "0.00" : text;
}

function isPart(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= 1;
}

function isPose(value: unknown): value is Pose {
  return isObject(value) && ["x", "y", "heading"].every((name) => typeof value[name] === "number");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
