/** STUN and TURN: what each session is told of them, and credentials that run out. */
@NullMarked
package dev.farhand.signaling.ice;

import org.jspecify.annotations.NullMarked;
