import type { TelemetryValues } from "/lib/farhand.js";
import { element, write } from "./page.js";
import { Trail, type Pose } from "./trail.js";

/** Shows what a robot reports: what every rover has as instruments, the rest as a table. */
export class Instruments {
  readonly #trail = new Trail(element<HTMLCanvasElement>("map"));
  readonly #rows = new Map<string, HTMLTableCellElement>();

  show(values: TelemetryValues): void {
    const { pose, speed, battery, ...others } = values;
    this.#pose(pose);
    this.#speed(speed);
    this.#battery(battery);
    this.#others(others);
  }

  #pose(pose: unknown): void {
    if (isPose(pose)) {
      write(element("pose-x"), pose.x.toFixed(2));
      write(element("pose-y"), pose.y.toFixed(2));
      write(element("heading"), String(degrees(pose.heading)));
      this.#trail.add(pose);
    }
  }

  #speed(speed: unknown): void {
    const forward = isObject(speed) ? speed["linear"] : speed;
    if (typeof forward === "number") {
      const meter = element<HTMLMeterElement>("speed-meter");
      write(element("speed"), withoutMinusZero(forward.toFixed(2)));
      // The fastest seen is the scale: robots differ, and none tells its limit.
      meter.max = Math.max(meter.max, Math.abs(forward));
      meter.value = Math.abs(forward);
    }
  }

  #battery(battery: unknown): void {
    if (typeof battery === "number") {
      const percent = Math.round(Math.max(0, Math.min(1, battery)) * 100);
      write(element("battery"), String(percent));
      element<HTMLMeterElement>("battery-meter").value = percent;
    }
  }

  #others(values: TelemetryValues): void {
    for (const [name, value] of Object.entries(values)) {
      let cell = this.#rows.get(name);
      if (cell === undefined) {
        const row = element<HTMLTableElement>("values").tBodies[0]?.insertRow();
        if (row === undefined) {
          return;
        }
        const head = document.createElement("th");
        head.scope = "row";
        head.textContent = name;
        cell = document.createElement("td");
        row.append(head, cell);
        this.#rows.set(name, cell);
        element("values").hidden = false;
      }
      write(cell, plain(value));
    }
  }
}

/** A value as a person reads it. */
function plain(value: unknown): string {
  if (typeof value === "number") {
    return Number.isInteger(value) ? String(value) : value.toPrecision(4);
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** 0 to 359, counter-clockwise from x as the robot counts. */
function degrees(radians: number): number {
  return ((Math.round((radians * 180) / Math.PI) % 360) + 360) % 360;
}

function withoutMinusZero(text: string): string {
  return Number(text) === 0 ? text.replace("-", "") : text;
}

function isPose(value: unknown): value is Pose {
  return isObject(value) && ["x", "y", "heading"].every((name) => typeof value[name] === "number");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
