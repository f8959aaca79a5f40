/**
 * Operators with the robot: one session each, several at once. {@link
 * dev.farhand.agent.session.Sessions} takes what the signaling server says and makes and ends them.
 */
@NullMarked
package dev.farhand.agent.session;

import org.jspecify.annotations.NullMarked;
