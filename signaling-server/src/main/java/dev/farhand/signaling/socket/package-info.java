/** The WebSocket {@code /signal}: start at {@link dev.farhand.signaling.socket.Connection}. */
@NullMarked
package dev.farhand.signaling.socket;

import org.jspecify.annotations.NullMarked;
