import type { Time } from "./time.js";

/** A STUN or TURN server that has not answered by then is done without. */
const GATHER_MILLIS = 3000;

/**
 * Resolves when the local description is complete: for peers to which candidates cannot trickle.
 * A server that does not answer holds it up for three seconds at most, and `signal` ends the wait.
 */
export function gathered(
  connection: RTCPeerConnection,
  time: Time,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      cancel();
      connection.removeEventListener("icegatheringstatechange", look);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const look = () => {
      if (connection.iceGatheringState === "complete" || signal.aborted) {
        done();
      }
    };
    const cancel = time.after(GATHER_MILLIS, done);
    connection.addEventListener("icegatheringstatechange", look);
    signal.addEventListener("abort", done);
    look();
  });
}
