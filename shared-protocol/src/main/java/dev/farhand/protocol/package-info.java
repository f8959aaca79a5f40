/**
 * Every message that Farhand's programs exchange, as records, and their JSON.
 *
 * <p>Start at {@link dev.farhand.protocol.SignalMessage} (over the WebSocket to the signaling
 * server) and {@link dev.farhand.protocol.ChannelMessage} (over the data channels between operator
 * and robot). {@link dev.farhand.protocol.JsonCodec} turns both into text and back. The TypeScript
 * types are generated from these records; the files in {@code golden/} hold one example of each and
 * are read by the tests of both languages.
 */
@NullMarked
package dev.farhand.protocol;

import org.jspecify.annotations.NullMarked;
