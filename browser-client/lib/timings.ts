/**
 * When the parts of joining were done, in milliseconds since it began. What has not happened yet
 * is absent. A session that is joined anew starts again.
 */
export interface Timings {
  /** The WebSocket to the server was open. */
  socketOpen?: number;
  /** The server had given a session. */
  joined?: number;
  /** The offer was on its way. */
  offerSent?: number;
  /** The robot's answer had come. */
  answered?: number;
  /** A path to the robot was found and secured. */
  pathFound?: number;
  /** All channels were open: the robot can be used. */
  channelsOpen?: number;
}
