import type { JoinOptions } from "./options.js";
import { Robot } from "./robot.js";

/**
 * Joins a robot and resolves when it can be used.
 *
 * ```js
 * import { joinRobot } from "/lib/farhand.js";
 *
 * const robot = await joinRobot("demo");
 * robot.subscribe((message) => console.log(message));
 * robot.send({ data: "ping" });
 * ```
 *
 * @throws `FarhandError` (as a rejection) with a code such as `robot-away` or `token-invalid`; if
 *   `signal` ends the attempt, the signal's reason
 */
export async function joinRobot(robotId: string, options: JoinOptions = {}): Promise<Robot> {
  options.signal?.throwIfAborted();
  const robot = connectRobot(robotId, options);
  try {
    await robot.ready;
  } catch (error) {
    options.signal?.throwIfAborted();
    throw error;
  }
  return robot;
}

/**
 * The same without waiting: for pages that show what happens on the way. Listen to
 * {@link Robot.onState}.
 */
export function connectRobot(robotId: string, options: JoinOptions = {}): Robot {
  return new Robot(robotId, options);
}
