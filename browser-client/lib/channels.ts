import { COMMAND, CONTROL, DEFAULT, LIFETIME_MILLIS, TELEMETRY } from "./protocol.js";

/** The channels of a session, all made by this side. */
export interface Channels {
  /** The user's own strings and JSON: ordered, reliable. */
  readonly user: RTCDataChannel;
  /** Farhand's own; null with a plain robot, which knows `default` only. */
  readonly farhand: FarhandChannels | null;
}

/** What driving by Farhand's rules takes. */
export interface FarhandChannels {
  /** Arm, stop, state: ordered, reliable. */
  readonly command: RTCDataChannel;
  /** The wanted motion and stop: unordered, given up when old. */
  readonly control: RTCDataChannel;
  /** The robot's beat and values: unordered, given up when old. */
  readonly telemetry: RTCDataChannel;
}

/** Makes them; they open with the connection. */
export function createChannels(connection: RTCPeerConnection, plain: boolean): Channels {
  const newestOnly = { ordered: false, maxPacketLifeTime: LIFETIME_MILLIS };
  return {
    user: connection.createDataChannel(DEFAULT),
    farhand: plain
      ? null
      : {
          command: connection.createDataChannel(COMMAND),
          control: connection.createDataChannel(CONTROL, newestOnly),
          telemetry: connection.createDataChannel(TELEMETRY, newestOnly),
        },
  };
}
