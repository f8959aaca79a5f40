/**
 * The agent's line to the signaling server: registering, coming back, and taking up sessions again.
 */
@NullMarked
package dev.farhand.agent.signaling;

import org.jspecify.annotations.NullMarked;
