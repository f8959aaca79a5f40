/**
 * RTCBot's JavaScript interface, for its pages: a classic script that defines the global `rtcbot`.
 *
 * ```html
 * <script src="/rtcbot.js"></script>
 * <script>
 *   const conn = new rtcbot.RTCConnection();
 *   conn.subscribe((message) => console.log(message));
 * </script>
 * ```
 *
 * @packageDocumentation
 */

export { RTCConnection } from "./connection.js";
export { Websocket } from "./websocket.js";
export { Keyboard, setKeyboardRate } from "./keyboard.js";
export { Gamepad, setGamepadRate } from "./gamepad.js";
export { Queue } from "./queue.js";
export type { Description } from "./description.js";
export type { Media } from "./media.js";
export type { Messenger } from "./messenger.js";
export type { KeyMessage } from "./keyboard.js";
export type { PadMessage, PadState } from "./gamepad.js";
