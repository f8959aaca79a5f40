import type { Code } from "#protocol";

/**
 * Why something was refused or ended: the protocol's codes, and four that only this side knows.
 * `not-connected`: there is no session to send over. `server-unreachable`: the signaling server
 * did not answer. `path-silent`: the path to the robot carries nothing at the moment.
 * `plain-robot`: an RTCBot program has nothing that could do this.
 */
export type ErrorCode =
  Code | "not-connected" | "server-unreachable" | "path-silent" | "plain-robot";

/** An error with a stable code, to decide by, and a sentence for a person. */
export class FarhandError extends Error {
  override readonly name = "FarhandError";

  constructor(
    /** Stable: programs decide by it. */
    readonly code: ErrorCode,
    message: string,
    /** So long the same would be refused again, in ms; null if time alone changes nothing. */
    readonly againMillis: number | null = null,
  ) {
    super(message);
  }
}

/** After these, trying again by itself could not help: somebody has to do something first. */
const FINAL: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "bad-message",
  "unknown-type",
  "unexpected-message",
  "too-large",
  "bad-robot-id",
  "unsupported-protocol",
  "token-missing",
  "token-invalid",
  "token-expired",
  "token-revoked",
  "wrong-robot",
  "role-forbidden",
  "foreign-origin",
  "foreign-host",
  "proxied",
  "superseded",
  "ended-by-owner",
  "too-many-messages",
]);

/** Whether a person has to act before another attempt makes sense. */
export function isFinal(code: ErrorCode): boolean {
  return FINAL.has(code);
}
