import { COMMAND, CONTROL, DEFAULT, LIFETIME_MILLIS, TELEMETRY } from "./protocol.js";

/** The four channels of a session, all made by this side. */
export interface Channels {
  /** The user's own strings and JSON: ordered, reliable. */
  readonly user: RTCDataChannel;
  /** Arm, stop, state: ordered, reliable. */
  readonly command: RTCDataChannel;
  /** The wanted motion and stop: unordered, given up when old. */
  readonly control: RTCDataChannel;
  /** The robot's beat and values: unordered, given up when old. */
  readonly telemetry: RTCDataChannel;
}

/** Makes them; they open with the connection. */
export function createChannels(connection: RTCPeerConnection): Channels {
  const newestOnly = { ordered: false, maxPacketLifeTime: LIFETIME_MILLIS };
  return {
    user: connection.createDataChannel(DEFAULT),
    command: connection.createDataChannel(COMMAND),
    control: connection.createDataChannel(CONTROL, newestOnly),
    telemetry: connection.createDataChannel(TELEMETRY, newestOnly),
  };
}
