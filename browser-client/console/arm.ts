import type { Robot } from "/lib/farhand.js";
import { element } from "./page.js";

/**
 * The button that ends the STOP that is shown. One press is one Arm: the second click of a double
 * click, and the repetitions of a key that is held, might meet a STOP that nobody has read yet.
 */
export function offerArm(robot: Pick<Robot, "motion" | "arm">): void {
  const button = element("arm");
  button.addEventListener("keydown", (event) => {
    if (event.repeat) {
      event.preventDefault();
    }
  });
  button.addEventListener("click", ({ detail }) => {
    if (robot.motion !== null && detail <= 1) {
      void robot.arm(robot.motion.stops);
    }
  });
}
