/**
 * WebRTC, and the only package that touches the native library.
 *
 * <p>{@link dev.farhand.agent.webrtc.RtcConnection} is the whole of it for a program that brings
 * its own signaling. {@link dev.farhand.agent.webrtc.Peer} is what the agent's sessions use:
 * candidates trickle, channels have labels.
 */
@NullMarked
package dev.farhand.agent.webrtc;

import org.jspecify.annotations.NullMarked;
