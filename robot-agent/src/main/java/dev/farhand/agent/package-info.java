/**
 * The robot's agent: its command line ({@link dev.farhand.agent.Main}), and the library for one's
 * own program: {@link dev.farhand.agent.Robot} is a whole agent, {@link
 * dev.farhand.agent.webrtc.RtcConnection} a connection for those who bring their own signaling.
 */
@NullMarked
package dev.farhand.agent;

import org.jspecify.annotations.NullMarked;
