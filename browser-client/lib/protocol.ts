import type { ChannelMessageUnion, SignalMessageUnion } from "#protocol";

// The types are generated from the Java records; a test holds these numbers against Java's.

export type SignalMessage = SignalMessageUnion;
export type ChannelMessage = ChannelMessageUnion;

export const PROTOCOL = 1;

/** Silence on the socket after which it counts as dead. */
export const HEARTBEAT_LOST_MILLIS = 25_000;

export const DEFAULT = "default";
export const COMMAND = "farhand.command";
export const CONTROL = "farhand.control";
export const TELEMETRY = "farhand.telemetry";

/** `maxPacketLifeTime` of the channels that carry only what is new. */
export const LIFETIME_MILLIS = 150;

/** The most that may be sent at once over `default`, in bytes of UTF-8. */
export const DEFAULT_MAX_BYTES = 16_384;

/** A longer message, in bytes of UTF-8, goes to the robot in pieces. */
export const WHOLE_MAX_BYTES = 1024;

/** Within this of zero an axis is neutral. */
export const NEUTRAL = 0.05;

/** Reads a message of either family; null if it is none. Unknown types are the caller's to skip. */
export function decode<T extends SignalMessage | ChannelMessage>(text: unknown): T | null {
  try {
    const message: unknown = typeof text === "string" ? JSON.parse(text) : null;
    return typeof message === "object" && message !== null && "type" in message
      ? (message as T)
      : null;
  } catch {
    return null;
  }
}
