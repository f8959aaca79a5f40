/**
 * A TURN client (RFC 8489, RFC 8656), small enough to read, that asks for what a WebRTC client
 * never would. {@link dev.farhand.system.turn.Clients} is the program that runs inside a network
 * namespace and does what {@link dev.farhand.system.turn.Ask} says.
 */
@NullMarked
package dev.farhand.system.turn;

import org.jspecify.annotations.NullMarked;
