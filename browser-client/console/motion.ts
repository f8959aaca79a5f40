import type { Robot } from "/lib/farhand.js";
import { element, write } from "./page.js";
import { whoDrives, words, type Reader } from "./words.js";

/** Says whether the robot moves, why it stands and what to do, and who drives. */
export function showMotion(robot: Pick<Robot, "state" | "motion">, reader: Reader): void {
  // What was said before the connection broke is no longer known to be so.
  const motion = robot.state === "connected" ? robot.motion : null;
  const latched = motion !== null && !motion.armed;
  const { title, why, next } = words(motion, reader);
  element("motion").dataset["motion"] = latched ? "latched" : (motion?.state ?? "unknown");
  write(element("motion-state"), title);
  write(element("why"), why);
  write(element("next"), next);
  const othersDrive = motion !== null && motion.driver !== null && !motion.you;
  element("arm").hidden = !latched || reader.role === "viewer" || othersDrive;
  const driver = element("driver");
  write(driver, whoDrives(motion));
  driver.parentElement?.classList.toggle("you", motion?.you === true);
}
