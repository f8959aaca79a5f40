import type { Path, Robot } from "/lib/farhand.js";
import { element, write } from "./page.js";

/** Shows which way the packets take, and writes each new one into the log. */
export function showPath(robot: Robot, note: (text: string) => void): void {
  const sign = element("path");
  const show = () => {
    const path = robot.state === "connected" ? robot.path : null;
    sign.hidden = path === null;
    if (path !== null) {
      write(sign, short(path));
      sign.title = long(path);
    }
  };
  robot.onState(show);
  robot.onPath((path) => {
    show();
    note(`Path: ${long(path)}`);
  });
}

/** For a glance. */
export function short({ relayed, protocol }: Path): string {
  return `${relayed ? "TURN" : "Direct"} · ${protocol.toUpperCase()}`;
}

/** For somebody who wonders why. */
export function long({ relayed, protocol, local, remote }: Path): string {
  const way = relayed ? "through a TURN server" : "direct";
  return `${way}, over ${protocol.toUpperCase()} (${local} here, ${remote} at the robot)`;
}
