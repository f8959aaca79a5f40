import type { MotionState, Robot } from "/lib/farhand.js";
import { element, write } from "./page.js";
import type { Trouble } from "./picture.js";

const TROUBLES: Readonly<Record<Trouble, string>> = {
  missing: "No picture has come yet. You can drive when it is there.",
  frozen: "The picture stands still. You can drive when it moves again.",
  unseen: "The picture is out of sight. Scroll to it to drive.",
};

/** Says whether the robot moves, why it stands and what to do, and who drives. */
export function showMotion(robot: Robot, trouble: Trouble | null): void {
  const { role } = robot;
  // What was said before the connection broke is no longer known to be so.
  const motion = robot.state === "connected" ? robot.motion : null;
  const box = element("motion");
  const latched = motion !== null && !motion.armed;
  const mayDrive = role !== "viewer";
  box.dataset["motion"] = latched ? "latched" : (motion?.state ?? "unknown");
  write(element("motion-state"), title(motion));
  write(element("reason"), reason(motion, mayDrive, trouble));
  element("arm").hidden = !latched || !mayDrive;
  const driver = element("driver");
  write(driver, whoDrives(motion));
  driver.parentElement?.classList.toggle("you", motion?.you === true);
}

function title(motion: MotionState | null): string {
  if (motion === null) {
    return "Out of reach";
  }
  if (!motion.armed) {
    return "Stopped by STOP";
  }
  return motion.state === "moving" ? "Moving" : "Standing";
}

function reason(motion: MotionState | null, mayDrive: boolean, trouble: Trouble | null): string {
  if (motion === null) {
    return "Without fresh commands a robot stops by itself.";
  }
  if (!motion.armed && !mayDrive) {
    return "STOP was pressed. Somebody who may drive has to arm the robot.";
  }
  if (motion.driver !== null && !motion.you && motion.armed) {
    return mayDrive
      ? `${motion.driver.name} drives. You can drive when ${motion.driver.name} leaves.`
      : `${motion.driver.name} drives. You watch; STOP works for you too.`;
  }
  if (motion.cause === "idle" && !mayDrive) {
    return "Nobody drives. You watch; STOP works for you too.";
  }
  if (motion.armed && mayDrive && trouble !== null) {
    return TROUBLES[trouble];
  }
  return motion.reason;
}

function whoDrives(motion: MotionState | null): string {
  if (motion === null) {
    return "Driver unknown";
  }
  if (motion.driver === null) {
    return "Nobody drives";
  }
  return motion.you ? "You drive" : `${motion.driver.name} drives`;
}
