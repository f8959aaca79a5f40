/**
 * Farhand's library for browsers: join a robot by its ID, see, drive, talk.
 *
 * @packageDocumentation
 */

// Joining
export { joinRobot, connectRobot } from "./join.js";
export type { JoinOptions } from "./options.js";

// The robot
export type { Robot } from "./robot.js";
export type { WantedMotion, MotionState, LeaseRequest } from "./motion.js";
export type { TelemetryFeed, TelemetryValues } from "./telemetry.js";

// How the connection stands, and why
export type { ConnectionState, Status, Notice } from "./status.js";
export type { Path } from "./path.js";
export type { Timings } from "./timings.js";
export { FarhandError } from "./errors.js";
export type { ErrorCode } from "./errors.js";
export type { Cause, Code, Media, Operator, Role } from "#protocol";
