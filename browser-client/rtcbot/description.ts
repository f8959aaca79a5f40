/** One side's half of the introduction, as `RTCSessionDescription` has it. */
export interface Description {
  readonly type: "offer" | "answer";
  readonly sdp: string;
}

/**
 * The description if it is one of the expected type. Pages hand over what a server answered,
 * which may be its refusal.
 *
 * @throws TypeError that says what it is instead
 */
export function checked(description: unknown, expected: Description["type"]): Description {
  if (typeof description !== "object" || description === null) {
    throw new TypeError(
      `The other side's ${expected} must be an object with "type" and "sdp", ` +
        `not ${JSON.stringify(description)}.`,
    );
  }
  const { type, sdp, reason } = description as Record<string, unknown>;
  if (typeof reason === "string" && sdp === undefined) {
    throw new TypeError(`Instead of an ${expected}, a refusal came: ${reason}`);
  }
  if (typeof sdp !== "string" || (type !== "offer" && type !== "answer")) {
    throw new TypeError('A description has a "type", which is "offer" or "answer", and an "sdp".');
  }
  if (type !== expected) {
    throw new TypeError(
      expected === "answer"
        ? "An offer came where the answer to this side's own offer was expected."
        : "An answer came, but this side has made no offer. Call getLocalDescription() first.",
    );
  }
  return { type, sdp };
}
