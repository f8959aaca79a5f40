import type { ErrorCode } from "./errors.js";

/**
 * - `connecting`: on the way to the first session
 * - `waiting`: the robot is away; it is joined the moment that it comes
 * - `connected`: the robot can be used
 * - `reconnecting`: it could be, and will be again without any help
 * - `closed`: over; the status says why
 */
export type ConnectionState = "waiting" | "connecting" | "connected" | "reconnecting" | "closed";

/** A state and what led to it. */
export interface Status {
  readonly state: ConnectionState;
  /** Why it is not `connected`, where there is a reason. */
  readonly code: ErrorCode | null;
  /** The same for a person: why, and what to do. Empty if there is nothing to say. */
  readonly reason: string;
  /** When the server is tried again, on the clock of `performance.now()`. */
  readonly retryAt: number | null;
}

/** Something that a person may want to know while the connection goes on. */
export interface Notice {
  readonly code: ErrorCode | "token-expiring" | "server-lost" | "server-back";
  readonly text: string;
}
